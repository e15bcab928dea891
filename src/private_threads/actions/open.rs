//! A reader opens a thread.

use super::{
    super::{
        queries::{coaches, messages, threads},
        rules::{self, Opening},
        types::{Content, NewMessage, NewThread, OpenPrivateThread, ThreadRow, ThreadState, Who},
    },
    keep,
    seats::{may_write, verified},
    tell::tell_coach,
};
use crate::{
    accounts,
    articles::{self, Status},
    comments::{self, Reception},
    error::{Error, Field, OnConstraint, Result},
    events::Tx,
    http::{actor::unauthenticated, permission::Permission},
    secrets::ThreadKey,
    text,
};
use ipnet::IpNet;
use uuid::Uuid;

/// Opens a thread with its first message. It waits for a coach: the one who was asked, else whoever comes first.
///
/// # Errors
/// [`Code::AddressUnverified`](crate::error::Code::AddressUnverified) for a guest, `Muted`, and `Validation`.
pub async fn open(
    tx: &mut Tx<'_>,
    office: &Reception,
    who: Who,
    network: IpNet,
    input: &OpenPrivateThread,
) -> Result<Uuid> {
    verified(tx.conn, &office.secrets, who).await?;
    may_write(tx, &office.secrets, who, network).await?;
    let Opening { title, content } = rules::check_opening(input)?;
    let (article_id, comment_id) = about(tx, who, input).await?;
    if let Some(coach_id) = input.coach_id {
        acting_coach(tx, who, coach_id).await?;
    }
    let id = tx.id();
    let (key, key_sealed) = ThreadKey::make(&office.secrets, id)?;
    let row = NewThread {
        id,
        article_id,
        comment_id,
        reader_account_id: who.account_id(),
        reader_guest_id: who.guest_id(),
        state: ThreadState::Open.as_str(),
        key_sealed,
        title_sealed: title.map(|title| keep::seal_title(&key, id, &title)).transpose()?,
        invited_by: None,
        asked_coach_id: input.coach_id,
        waiting_since: Some(tx.now),
        created_at: tx.now,
        opened_at: Some(tx.now),
        last_at: tx.now,
    };
    let gone = || unauthenticated("There is no such guest any more.");
    let thread = threads::insert(tx.conn, &row).await.on_constraint("private_threads_reader_guest_id_fkey", gone)?;
    let no = write(tx, &key, &thread, None, &content).await?;
    if let Some(coach_id) = input.coach_id {
        tell_coach(tx, office, id, coach_id, no).await?;
    }
    Ok(id)
}

/// What a thread is about: the article of a comment of one's own, or an article.
async fn about(tx: &mut Tx<'_>, who: Who, input: &OpenPrivateThread) -> Result<(Option<Uuid>, Option<Uuid>)> {
    let flaw = |at, code, detail| Error::validation(vec![Field::body(at, code, detail)]);
    match (input.comment_id, &input.article) {
        (Some(_), Some(_)) => {
            Err(flaw("/article", "not_with_comment", "must be left out: the comment has its article"))
        }
        (Some(comment_id), None) => {
            let comment = comments::see_public(tx.conn, comment_id).await?;
            let own = comment.filter(|comment| comment.is_by(who.0));
            let own =
                own.ok_or_else(|| flaw("/comment_id", "not_yours", "must be a comment of yours that is shown"))?;
            Ok((Some(own.article_id), Some(comment_id)))
        }
        (None, Some(slug)) => {
            let asked: Vec<&str> = [slug.as_str()].into_iter().filter(|slug| text::is_slug(slug)).collect();
            let found = articles::for_comments(tx.conn, &asked).await?;
            let article = found.get(slug.as_str()).filter(|article| article.status == Status::Published);
            let article =
                article.ok_or_else(|| flaw("/article", "unknown", "must be the slug of a published article"))?;
            Ok((Some(article.article_id), None))
        }
        (None, None) => Ok((None, None)),
    }
}

/// Goes on with an account that works as a coach and may act now, and is somebody else.
pub async fn acting_coach(tx: &mut Tx<'_>, who: Who, coach_id: Uuid) -> Result<()> {
    let found = accounts::list_staff_roles(tx.conn, &[coach_id], tx.now).await?;
    let (coaches, _) = Permission::Coach.held_by();
    if coach_id != who.id() && found.iter().any(|(_, role)| coaches.contains(role)) {
        return Ok(());
    }
    Err(rules::no_coach())
}

/// Writes the next message of a thread that is held, by one of its coaches or, for none, by the reader. Whoever writes has read
/// what stands above.
pub async fn write(
    tx: &mut Tx<'_>,
    key: &ThreadKey,
    thread: &ThreadRow,
    coach_id: Option<Uuid>,
    content: &Content,
) -> Result<i64> {
    let (id, no) = (tx.id(), thread.last_no + 1);
    let row = NewMessage {
        id,
        thread_id: thread.id,
        no,
        by_reader: coach_id.is_none(),
        coach_id,
        body_sealed: keep::seal_content(key, id, content)?,
        created_at: tx.now,
    };
    messages::insert(tx.conn, &row).await?;
    threads::said(tx.conn, thread.id, no, tx.now).await?;
    match coach_id {
        Some(coach_id) => coaches::mark_read(tx.conn, thread.id, coach_id, no).await?,
        None => threads::mark_read(tx.conn, thread.id, no).await?,
    };
    Ok(no)
}
