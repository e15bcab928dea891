//! Texts that coaches answer with again and again.

use super::super::{
    queries::saved_replies,
    rules,
    types::{EditSavedReply, NewSavedReply, SavedReply, SavedReplyPlace, SavedReplyRow},
};
use crate::{
    db::Conn,
    error::{Error, Result},
    events::Tx,
    http::{actor::Actor, list::Span, precondition::IfMatch},
};
use uuid::Uuid;

/// Saved replies of one coach, at most.
const MAX_SAVED: i64 = 200;

/// Keeps a text. Returns its id.
///
/// # Errors
/// As [`rules::check_saved_reply`]; [`Code::Conflict`](crate::error::Code::Conflict) for one more than there may be.
pub async fn save_reply(tx: &mut Tx<'_>, by: &Actor, new: &NewSavedReply) -> Result<Uuid> {
    let text = rules::check_saved_reply(&new.title, &new.body, new.shared)?;
    if saved_replies::count_of(tx.conn, by.account_id).await? >= MAX_SAVED {
        return Err(rules::too_many_saved_replies(MAX_SAVED));
    }
    let id = tx.id();
    saved_replies::insert(tx.conn, id, by.account_id, &text, tx.now).await?;
    Ok(id)
}

/// A text that a coach may use.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound), also for one that is another's alone.
pub async fn see_saved_reply(conn: &mut Conn, by: &Actor, id: Uuid) -> Result<SavedReply> {
    Ok(find(conn, by, id).await?.into())
}

/// What a coach may use, by its title, from the span on in its direction; one more than its limit.
///
/// # Errors
/// When the database is away.
pub async fn list_saved_replies(
    conn: &mut Conn,
    by: &Actor,
    q: Option<&str>,
    span: &Span<SavedReplyPlace>,
) -> Result<Vec<SavedReply>> {
    let rows = saved_replies::page(conn, by.account_id, q, span).await?;
    Ok(rows.into_iter().map(SavedReply::from).collect())
}

/// What a coach has saved, to be handed out to them: by its id, `limit` at most, those after `after`.
///
/// # Errors
/// When the database is away.
pub async fn list_saved_replies_of(
    conn: &mut Conn,
    account_id: Uuid,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<SavedReply>> {
    let rows = saved_replies::of_author(conn, account_id, after.unwrap_or_default(), limit).await?;
    Ok(rows.into_iter().map(SavedReply::from).collect())
}

/// Changes a text.
///
/// # Errors
/// As [`see_saved_reply`] and [`rules::may_change`];
/// [`Code::PreconditionFailed`](crate::error::Code::PreconditionFailed), then the flaws of what is different.
pub async fn edit_saved_reply(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: Uuid,
    revision: &IfMatch,
    changes: EditSavedReply,
) -> Result<SavedReply> {
    let row = hold(tx, by, id, revision).await?;
    let (title, body) = (changes.title.unwrap_or(row.title), changes.body.unwrap_or(row.body_markdown));
    let shared = changes.shared.unwrap_or(row.shared);
    rules::may_withdraw(row.author_id, shared)?;
    let text = rules::check_saved_reply(&title, &body, shared)?;
    saved_replies::replace(tx.conn, id, &text, tx.now).await?;
    saved_replies::find(tx.conn, id).await?.map(SavedReply::from).ok_or_else(Error::not_found)
}

/// Throws a text away.
///
/// # Errors
/// As [`see_saved_reply`] and [`rules::may_change`];
/// [`Code::PreconditionFailed`](crate::error::Code::PreconditionFailed).
pub async fn delete_saved_reply(tx: &mut Tx<'_>, by: &Actor, id: Uuid, revision: &IfMatch) -> Result<()> {
    hold(tx, by, id, revision).await?;
    saved_replies::delete(tx.conn, id).await?;
    Ok(())
}

/// One that somebody may change and has read, held until the end of the transaction.
async fn hold(tx: &mut Tx<'_>, by: &Actor, id: Uuid, revision: &IfMatch) -> Result<SavedReplyRow> {
    saved_replies::hold(tx.conn, id).await?.ok_or_else(Error::not_found)?;
    let row = find(tx.conn, by, id).await?;
    rules::may_change(&row, by)?;
    revision.check(row.revision)?;
    Ok(row)
}

async fn find(conn: &mut Conn, by: &Actor, id: Uuid) -> Result<SavedReplyRow> {
    let row = saved_replies::find(conn, id).await?;
    row.filter(|row| row.shared || row.author_id == Some(by.account_id)).ok_or_else(Error::not_found)
}
