//! What other rooms do with a comment that everybody sees: go on from it elsewhere.

use super::{
    super::{
        queries::{continued, thread, write},
        types::{CommentStatus, PlacedRow, PublicComment},
    },
    news::News,
};
use crate::{
    articles::Status,
    db::Conn,
    error::{Error, Result},
    events::Tx,
};
use uuid::Uuid;

/// A comment that everybody sees; none where there is no such comment, or not everybody sees it.
///
/// # Errors
/// When the database is away.
pub async fn see_public(conn: &mut Conn, id: Uuid) -> Result<Option<PublicComment>> {
    let seen = |placed: &PlacedRow| {
        placed.comment.status == CommentStatus::Visible && placed.status == Status::Published.as_str()
    };
    Ok(thread::find(conn, id).await?.filter(seen).map(|placed| PublicComment {
        article_id: placed.comment.article_id,
        account_id: placed.comment.account_id,
        guest_id: placed.comment.guest_id,
        text: placed.comment.body_text,
    }))
}

/// Takes the thread that a comment stands in, before whatever of their own other rooms take.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound) where there is no such comment.
pub async fn hold_thread(tx: &mut Tx<'_>, comment_id: Uuid) -> Result<()> {
    write::lock(tx.conn, comment_id).await?.map(drop).ok_or_else(Error::not_found)
}

/// Has a comment, whose thread is [held](hold_thread), say to everybody that it was continued in private, or not.
///
/// # Errors
/// When the database is away.
pub async fn mark_continued(tx: &mut Tx<'_>, id: Uuid, is_so: bool) -> Result<()> {
    let (changed, kind) = if is_so {
        (continued::mark(tx.conn, id).await?, "comment.continued")
    } else {
        (continued::unmark(tx.conn, id).await?, "comment.not_continued")
    };
    if changed > 0 {
        let lock = write::lock(tx.conn, id).await?.ok_or_else(Error::not_found)?;
        tx.append(News::of(kind, &lock, id).public(true).into());
    }
    Ok(())
}
