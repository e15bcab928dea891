//! What moderators look through, with the text of every comment.

use super::super::{
    queries::{moderation, thread},
    types::{Comment, CommentStatus, ModeratedComment, PlacedRow},
};
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
    Ok(rows.into_iter().map(ModeratedComment::from).collect())
}

/// One comment, whatever its status.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound) when there is none.
pub async fn see_moderated(conn: &mut Conn, id: Uuid) -> Result<ModeratedComment> {
    thread::find(conn, id).await?.map(ModeratedComment::from).ok_or_else(Error::not_found)
}

impl From<PlacedRow> for ModeratedComment {
    fn from(row: PlacedRow) -> Self {
        Self { comment: Comment::whole(row.comment), article: row.article }
    }
}
