//! Texts that were replaced, for moderators.

use super::super::{
    queries::{corrections, erasure, history, thread},
    types::{CommentHistory, CommentRevision},
};
use crate::{
    db::Conn,
    error::{Error, Result},
    events::{Journal, Tx},
    http::list::{List, Span},
};
use std::collections::BTreeSet;
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

/// Comments of one transaction.
const BATCH: i64 = 500;

/// Forgets what moderators deleted too long ago to be restored, a bounded part at a time. Returns how many texts.
///
/// # Errors
/// When the database is away.
pub async fn prune_history(journal: &Journal) -> Result<usize> {
    let prune = async |tx: &mut Tx<'_>| {
        let (comments, articles): (Vec<Uuid>, BTreeSet<Uuid>) =
            history::expired(tx.conn, tx.now, BATCH).await?.into_iter().unzip();
        if comments.is_empty() {
            return Ok(0);
        }
        // Whoever restores one of them holds its thread: what is gone then is found gone.
        erasure::hold(tx.conn, &Vec::from_iter(articles)).await?;
        let gone = history::prune(tx.conn, &comments, tx.now).await?;
        corrections::forget(tx.conn, &gone).await?;
        erasure::forget_beside(tx.conn, &gone).await?;
        Ok(gone.len())
    };
    let mut pruned = 0;
    loop {
        match journal.write(prune).await? {
            0 => return Ok(pruned),
            more => pruned += more,
        }
    }
}
