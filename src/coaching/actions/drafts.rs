//! Answers that are not finished yet. What they say is sealed, and bound to its coach and its question.

use super::super::{
    queries::{drafts, questions},
    rules,
    types::{AnswerDraft, SealedDraft},
};
use crate::{
    db::Conn,
    error::{Error, Result},
    events::Tx,
    http::list::Span,
    secrets::{Purpose, Secrets},
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Drafts of one coach, at most.
const MAX_DRAFTS: i64 = 500;

/// Keeps what a coach has written so far, instead of what was there.
///
/// # Errors
/// The flaw of the text; [`Code::NotFound`](crate::error::Code::NotFound) for a comment that is not on the desk;
/// [`Code::Conflict`](crate::error::Code::Conflict) for one more draft than there may be.
pub async fn save_draft(
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    account_id: Uuid,
    comment_id: Uuid,
    body: &str,
) -> Result<AnswerDraft> {
    let body = rules::check_draft(body)?;
    questions::find(tx.conn, comment_id).await?.ok_or_else(Error::not_found)?;
    if drafts::count_others(tx.conn, account_id, comment_id).await? >= MAX_DRAFTS {
        return Err(rules::too_many_drafts(MAX_DRAFTS));
    }
    let sealed = secrets.seal(Purpose::Draft, &bound_to(account_id, comment_id), body.as_bytes())?;
    drafts::keep(tx.conn, account_id, comment_id, &sealed, tx.now).await?;
    Ok(AnswerDraft { comment_id, body, updated_at: tx.now })
}

/// A coach's draft of an answer.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound) where there is none.
pub async fn see_draft(conn: &mut Conn, secrets: &Secrets, account_id: Uuid, comment_id: Uuid) -> Result<AnswerDraft> {
    let draft = drafts::find(conn, account_id, comment_id).await?.ok_or_else(Error::not_found)?;
    open(secrets, account_id, draft)
}

/// A coach's drafts, the one kept last first, from the span on in its direction; one more than its limit.
///
/// # Errors
/// When the database is away.
pub async fn list_drafts(
    conn: &mut Conn,
    secrets: &Secrets,
    account_id: Uuid,
    span: &Span<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<AnswerDraft>> {
    let rows = drafts::page(conn, account_id, span).await?;
    rows.into_iter().map(|row| open(secrets, account_id, row)).collect()
}

/// A coach's drafts, to be handed out to them: by the comments that they are to answer, `limit` at most, those after `after`.
///
/// # Errors
/// When the database is away.
pub async fn list_drafts_of(
    conn: &mut Conn,
    secrets: &Secrets,
    account_id: Uuid,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<AnswerDraft>> {
    let rows = drafts::of_coach(conn, account_id, after.unwrap_or_default(), limit).await?;
    rows.into_iter().map(|row| open(secrets, account_id, row)).collect()
}

/// Throws a coach's draft away. Where there is none, nothing happens.
///
/// # Errors
/// When the database is away.
pub async fn drop_draft(tx: &mut Tx<'_>, account_id: Uuid, comment_id: Uuid) -> Result<()> {
    drafts::delete(tx.conn, account_id, comment_id).await?;
    Ok(())
}

fn open(secrets: &Secrets, account_id: Uuid, row: SealedDraft) -> Result<AnswerDraft> {
    let SealedDraft { comment_id, sealed, updated_at } = row;
    let body = secrets.open(Purpose::Draft, &bound_to(account_id, comment_id), &sealed)?;
    let body = String::from_utf8(body.to_vec()).map_err(Error::internal)?;
    Ok(AnswerDraft { comment_id, body, updated_at })
}

fn bound_to(account_id: Uuid, comment_id: Uuid) -> Vec<u8> {
    [account_id.as_bytes().as_slice(), comment_id.as_bytes()].concat()
}
