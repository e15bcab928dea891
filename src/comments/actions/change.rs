//! What becomes of a comment that is there.

use super::{
    super::{
        queries::{prints, thread, write},
        rules,
        types::{Change, CommentRow, CommentStatus, Growth, Lock, PlacedRow, Text, Writer},
    },
    announce,
};
use crate::{
    error::{Error, Result},
    events::Tx,
    http::{actor::Actor, precondition::IfMatch},
};
use uuid::Uuid;

/// Gives a comment another text, as its author.
///
/// # Errors
/// As [`rules::may_edit`]; then [`Code::PreconditionFailed`](crate::error::Code::PreconditionFailed), then the flaws
/// of the text.
pub async fn edit(tx: &mut Tx<'_>, id: Uuid, writer: Writer, revision: &IfMatch, text: Result<Text>) -> Result<()> {
    let (lock, placed) = hold(tx, id).await?;
    let status = rules::may_edit(&placed, writer)?;
    revision.check(placed.comment.revision)?;
    let text = text?;
    let change = Change { status, text: Some(&text), edited_at: Some(tx.now), deleted_at: None };
    let public = turn(tx, &lock, &placed.comment, &change).await?;
    prints::forget(tx.conn, &[id]).await?;
    announce(tx, "comment.edited", &lock, id, writer.account_id(), public);
    Ok(())
}

/// Deletes a comment, as its author or a moderator: its text is gone. While something visible hangs below it, its
/// place stays. Deleting it again does nothing.
///
/// # Errors
/// As [`rules::may_delete`].
pub async fn delete(tx: &mut Tx<'_>, id: Uuid, writer: Writer) -> Result<()> {
    let (lock, placed) = hold(tx, id).await?;
    rules::may_delete(&placed, writer)?;
    if placed.comment.status == CommentStatus::Deleted {
        return Ok(());
    }
    let (status, nothing) = (CommentStatus::Deleted, rules::derive(String::new()));
    let change = Change { status, text: Some(&nothing), edited_at: None, deleted_at: Some(tx.now) };
    let public = turn(tx, &lock, &placed.comment, &change).await?;
    prints::forget(tx.conn, &[id]).await?;
    announce(tx, "comment.deleted", &lock, id, writer.account_id(), public);
    Ok(())
}

/// Shows a comment that waits or was rejected.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound), [`Code::Conflict`](crate::error::Code::Conflict) with the present
/// status when it is visible or deleted.
pub async fn approve(tx: &mut Tx<'_>, id: Uuid, moderator: &Actor) -> Result<()> {
    decide(tx, id, moderator, CommentStatus::Visible, "comment.approved").await
}

/// Hides a comment that is visible or waits. Its text is kept for moderators.
///
/// # Errors
/// As [`approve`], when it is rejected or deleted.
pub async fn reject(tx: &mut Tx<'_>, id: Uuid, moderator: &Actor) -> Result<()> {
    decide(tx, id, moderator, CommentStatus::Rejected, "comment.rejected").await
}

async fn decide(
    tx: &mut Tx<'_>,
    id: Uuid,
    moderator: &Actor,
    verdict: CommentStatus,
    kind: &'static str,
) -> Result<()> {
    let (lock, placed) = hold(tx, id).await?;
    rules::may_decide(placed.comment.status, verdict)?;
    let change = Change { status: verdict, text: None, edited_at: None, deleted_at: None };
    let public = turn(tx, &lock, &placed.comment, &change).await?;
    announce(tx, kind, &lock, id, Some(moderator.account_id), public);
    Ok(())
}

/// Takes the thread's counter row, then reads the comment: what it says holds until the end of the transaction.
async fn hold(tx: &mut Tx<'_>, id: Uuid) -> Result<(Lock, PlacedRow)> {
    let lock = write::lock(tx.conn, id).await?.ok_or_else(Error::not_found)?;
    let placed = thread::find(tx.conn, id).await?.ok_or_else(Error::not_found)?;
    Ok((lock, placed))
}

/// Changes a comment and sets right every counter that follows from it. Returns whether the public sees a difference.
async fn turn(tx: &mut Tx<'_>, lock: &Lock, row: &CommentRow, change: &Change<'_>) -> Result<bool> {
    let next_root_no = lock.last_root_no + 1;
    let (was_visible, is_visible) = (row.status == CommentStatus::Visible, change.status == CommentStatus::Visible);
    let (was_shown, is_shown) = (row.shown(), is_visible || row.reply_count > 0);
    let step = i32::from(is_shown) - i32::from(was_shown);
    let first_shown = row.parent_id.is_none() && is_shown && row.root_no.is_none();
    let root_no = if first_shown { Some(next_root_no) } else { row.root_no };
    write::change(tx.conn, row.id, change, is_shown, root_no).await?;
    let (mut roots, mut root_nos) = (0, i32::from(first_shown));
    match row.parent_id {
        None => roots = step,
        Some(parent_id) if step != 0 => {
            let top = write::climb(tx.conn, parent_id, row.root_id, step, next_root_no).await?;
            if let Some(top) = top.filter(|top| top.turned) {
                roots = step;
                root_nos = i32::from(top.root_no == Some(next_root_no));
            }
        }
        Some(_) => {}
    }
    let visible = i32::from(is_visible) - i32::from(was_visible);
    if (visible, roots, root_nos) != (0, 0, 0) {
        let growth = Growth { article_id: lock.article_id, positions: 0, visible, roots, root_nos };
        write::add(tx.conn, &[growth]).await?;
    }
    Ok(was_shown || is_shown)
}
