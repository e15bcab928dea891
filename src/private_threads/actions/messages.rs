//! What is said in a thread.

use super::{
    super::{
        queries::{coaches, messages, names, threads},
        rules,
        types::{Content, MessageRow, Part, PrivateAuthor, PrivateMessage, SayPrivately, Seated, ThreadState, Who},
    },
    keep::{key_of, open_content, seal_content},
    open::write,
    seats::{hold, may_write, see, verified},
    tell::tell,
};
use crate::{
    accounts::FORMER_MEMBER,
    comments::{self, Reception},
    db::Conn,
    error::{Code, Error, Field, Result},
    events::Tx,
    http::{list::Span, precondition::IfMatch},
    secrets::{Secrets, ThreadKey},
};
use ipnet::IpNet;
use std::collections::HashMap;
use uuid::Uuid;

/// Says something in an open thread. Returns the number of the message.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::AddressUnverified`] for a guest; [`Code::Muted`]; [`Code::Conflict`] for a thread that is not open;
/// [`Code::Validation`].
pub async fn say(
    tx: &mut Tx<'_>,
    office: &Reception,
    id: Uuid,
    (who, network): (Who, IpNet),
    input: &SayPrivately,
) -> Result<i64> {
    let seated = writing(tx, office, id, who, network).await?;
    let content = rules::check_message(input)?;
    if let Some(quote) = &content.quote {
        let comment = match seated.thread.comment_id {
            Some(comment_id) => comments::see_public(tx.conn, comment_id).await?,
            None => None,
        };
        rules::stands_in(quote, comment.as_ref().map(|comment| comment.text.as_str()))?;
    }
    let key = key_of(&office.secrets, &seated.thread)?;
    let no = write(tx, &key, &seated.thread, seated.coach_id(), &content).await?;
    tell(tx, office, &seated.thread, seated.coach_id(), no).await?;
    Ok(no)
}

/// Holds a thread for somebody who may write in it now.
async fn writing(tx: &mut Tx<'_>, office: &Reception, id: Uuid, who: Who, network: IpNet) -> Result<Seated> {
    let seated = hold(tx, id, who).await?;
    verified(tx.conn, &office.secrets, who).await?;
    may_write(tx, &office.secrets, who, network).await?;
    rules::must_be(&seated.thread, ThreadState::Open)?;
    Ok(seated)
}

/// Gives a message of one's own another text. What it quotes stays.
///
/// # Errors
/// As [`say`]; [`Code::Forbidden`] for another's message; [`Code::EditWindowClosed`]; [`Code::PreconditionFailed`].
pub async fn edit_message(
    tx: &mut Tx<'_>,
    office: &Reception,
    (id, no): (Uuid, i64),
    (who, network): (Who, IpNet),
    revision: &IfMatch,
    (body, minutes): (&str, u32),
) -> Result<()> {
    let seated = writing(tx, office, id, who, network).await?;
    let message = own_message(tx.conn, &seated, no).await?;
    if message.body_sealed.is_none() {
        return Err(Error::not_found());
    }
    let answered = minutes == 0 && messages::is_answered(tx.conn, &message).await?;
    rules::can_be_changed(&message, answered, minutes, tx.now)?;
    revision.check(message.revision)?;
    let key = key_of(&office.secrets, &seated.thread)?;
    let before = open_content(&key, &message)?;
    let content = rules::check_body(body, before.as_ref().and_then(|content| content.quote.clone()))?;
    if before.is_some_and(|before| before.markdown == content.markdown) {
        return Ok(());
    }
    messages::edit(tx.conn, message.id, &seal_content(&key, message.id, &content)?, tx.now).await?;
    Ok(())
}

/// Takes the text of a message of one's own away, at any time; its number stays. Twice is as good as once.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::AddressUnverified`]; [`Code::Forbidden`] for another's message.
pub async fn delete_message(tx: &mut Tx<'_>, secrets: &Secrets, id: Uuid, no: i64, who: Who) -> Result<()> {
    let seated = hold(tx, id, who).await?;
    verified(tx.conn, secrets, who).await?;
    let message = own_message(tx.conn, &seated, no).await?;
    if message.body_sealed.is_some() {
        messages::delete(tx.conn, message.id, tx.now).await?;
    }
    Ok(())
}

async fn own_message(conn: &mut Conn, seated: &Seated, no: i64) -> Result<MessageRow> {
    let message = messages::find(conn, seated.thread.id, no).await?.ok_or_else(Error::not_found)?;
    if rules::is_own(&message, seated) {
        return Ok(message);
    }
    Err(Error::new(Code::Forbidden, "Only whoever wrote a message may do this."))
}

/// Notes how far somebody has read. It never goes back.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::AddressUnverified`]; [`Code::Validation`] for a message that is not there yet.
pub async fn mark_read(tx: &mut Tx<'_>, secrets: &Secrets, id: Uuid, who: Who, no: i64) -> Result<()> {
    let seated = hold(tx, id, who).await?;
    verified(tx.conn, secrets, who).await?;
    if !(0..=seated.thread.last_no).contains(&no) {
        let flaw = Field::body("/no", "out_of_range", format!("must be 0 to {}", seated.thread.last_no));
        return Err(Error::validation(vec![flaw]));
    }
    match seated.part() {
        Part::Reader => threads::mark_read(tx.conn, id, no.max(seated.thread.reader_read_no)).await?,
        Part::Coach => coaches::mark_read(tx.conn, id, who.id(), no).await?,
    };
    Ok(())
}

/// The messages of a thread, the newest first, from the span on in its direction; one more than its limit.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::AddressUnverified`].
pub async fn list_messages(
    conn: &mut Conn,
    secrets: &Secrets,
    id: Uuid,
    who: Who,
    span: &Span<i64>,
) -> Result<Vec<PrivateMessage>> {
    let seated = see(conn, id, who).await?;
    verified(conn, secrets, who).await?;
    let rows = messages::page(conn, id, span).await?;
    shown(conn, secrets, &seated, rows).await
}

/// One message.
///
/// # Errors
/// As [`list_messages`].
pub async fn get_message(conn: &mut Conn, secrets: &Secrets, id: Uuid, no: i64, who: Who) -> Result<PrivateMessage> {
    let seated = see(conn, id, who).await?;
    verified(conn, secrets, who).await?;
    let row = messages::find(conn, id, no).await?.ok_or_else(Error::not_found)?;
    shown(conn, secrets, &seated, vec![row]).await?.pop().ok_or_else(Error::not_found)
}

/// Messages as somebody sees them.
pub async fn shown(
    conn: &mut Conn,
    secrets: &Secrets,
    seated: &Seated,
    rows: Vec<MessageRow>,
) -> Result<Vec<PrivateMessage>> {
    let mut people: Vec<Uuid> = rows.iter().filter_map(|row| row.coach_id).collect();
    people.push(seated.thread.reader_id());
    let names = names::of(conn, &people).await?;
    let key = key_of(secrets, &seated.thread)?;
    rows.iter().map(|row| open(&key, seated, row, &names)).collect()
}

fn open(key: &ThreadKey, seated: &Seated, row: &MessageRow, names: &HashMap<Uuid, String>) -> Result<PrivateMessage> {
    let (part, id) =
        if row.by_reader { (Part::Reader, Some(seated.thread.reader_id())) } else { (Part::Coach, row.coach_id) };
    let name = id.and_then(|id| names.get(&id).cloned()).unwrap_or_else(|| FORMER_MEMBER.to_owned());
    let (body, quote) = open_content(key, row)?.map(Content::shown).unzip();
    Ok(PrivateMessage {
        no: row.no,
        author: PrivateAuthor { id, name, part, you: rules::is_own(row, seated) },
        body,
        quote: quote.flatten(),
        revision: row.revision,
        created_at: row.created_at,
        edited_at: row.edited_at,
        deleted_at: row.deleted_at,
    })
}
