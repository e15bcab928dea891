//! Texts that were replaced, for moderators.

use super::super::{
    queries::{corrections, history, mentions, thread},
    types::{CommentHistory, CommentRevision},
};
use crate::{
    db::Conn,
    error::{Error, Result},
    events::{Journal, Tx},
    http::list::{List, Span},
};
use uuid::Uuid;

/// A page of the earlier texts of a comment, whatever its status, the oldest first. `page` makes it out of the rows.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound) when there is no such comment.
pub async fn list_revisions(
    conn: &mut Conn,
    id: Uuid,
    span: &Span<i64>,
    page: impl FnOnce(Vec<CommentRevision>) -> Result<List<CommentRevision>>,
) -> Result<CommentHistory> {
    let comment = thread::find(conn, id).await?.ok_or_else(Error::not_found)?.comment;
    let rows = history::page(conn, id, span).await?;
    let list = page(rows.into_iter().map(CommentRevision::from).collect())?;
    Ok(CommentHistory { revision: comment.revision, status: comment.status, list })
}

/// Forgets what moderators deleted too long ago to be restored. Returns how many texts.
///
/// # Errors
/// When the database is away.
pub async fn prune_history(journal: &Journal) -> Result<usize> {
    let prune = async |tx: &mut Tx<'_>| {
        let gone = history::prune(tx.conn, tx.now).await?;
        if !gone.is_empty() {
            corrections::forget(tx.conn, &gone).await?;
            mentions::strip(tx.conn, &gone).await?;
        }
        Ok(gone.len())
    };
    journal.write(prune).await
}
