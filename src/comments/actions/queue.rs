//! What moderators look through, with the text of every comment.

use super::super::{
    queries::{moderation, thread},
    types::{CommentStatus, ModeratedComment, PlacedRow},
};
use super::mentions::whole;
use crate::{
    db::Conn,
    error::{Error, Result},
    http::list::Span,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Where a comment stands in the queue.
pub type QueueKey = (DateTime<Utc>, Uuid);

/// Comments in one state, oldest first, from the span on in its direction; one more than its limit.
///
/// # Errors
/// When the database is away.
pub async fn list_moderated(
    conn: &mut Conn,
    status: CommentStatus,
    span: &Span<QueueKey>,
) -> Result<Vec<ModeratedComment>> {
    let rows = moderation::queue(conn, status, span).await?;
    moderated(conn, rows).await
}

/// One comment, whatever its status.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound) when there is none.
pub async fn see_moderated(conn: &mut Conn, id: Uuid) -> Result<ModeratedComment> {
    let row = thread::find(conn, id).await?.ok_or_else(Error::not_found)?;
    moderated(conn, vec![row]).await?.pop().ok_or_else(Error::not_found)
}

async fn moderated(conn: &mut Conn, rows: Vec<PlacedRow>) -> Result<Vec<ModeratedComment>> {
    let (rows, articles): (Vec<_>, Vec<_>) = rows.into_iter().map(|row| (row.comment, row.article)).unzip();
    let comments = whole(conn, rows).await?;
    Ok(comments.into_iter().zip(articles).map(|(comment, article)| ModeratedComment { comment, article }).collect())
}
