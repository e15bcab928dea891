//! What becomes of a comment that is there.

use super::{
    super::{
        queries::{corrections, erasure, history, prints, reports, reviews, thread, verdicts, write},
        rules,
        types::{
            Change, CommentRow, CommentStatus, Counts, Deletion, Growth, Lock, NewRevision, NewVerdict, PlacedRow,
            ReportOutcome, Writer,
        },
    },
    colleagues::Colleagues,
    news::News,
};
use crate::{
    error::{Error, Result},
    events::Tx,
    http::{
        actor::Actor,
        precondition::{self, IfMatch},
    },
    screening::Reason,
};
use chrono::TimeDelta;
use std::collections::BTreeMap;
use uuid::Uuid;

/// How long what a moderator deleted can be restored.
const RESTORABLE: TimeDelta = TimeDelta::days(30);

/// Deletes a comment. What its author deletes is gone, with all that it said before, whoever deleted it first. What a
/// moderator deletes can be restored for 30 days. While something visible hangs below it, its place stays. Deleting it
/// again changes nothing.
///
/// # Errors
/// As [`rules::may_delete`]; [`Code::PreconditionRequired`](crate::error::Code::PreconditionRequired) for a moderator
/// who names no revision, [`Code::PreconditionFailed`](crate::error::Code::PreconditionFailed), and as for a verdict where
/// another moderator has claimed it or has just decided on it.
pub async fn delete(
    tx: &mut Tx<'_>,
    id: Uuid,
    writer: Writer,
    revision: Option<&IfMatch>,
    deletion: Deletion,
) -> Result<()> {
    let (lock, placed) = hold(tx, id).await?;
    rules::may_delete(&placed, writer)?;
    let own = placed.comment.is_by(writer);
    if !own && revision.is_none() {
        return Err(precondition::required());
    }
    let gone = placed.comment.status == CommentStatus::Deleted;
    if let Some(revision) = revision.filter(|_| !gone) {
        revision.check(placed.comment.revision)?;
    }
    if own {
        history::forget(tx.conn, &[id]).await?;
        erasure::forget_beside(tx.conn, &[id]).await?;
        reviews::forget_hits(tx.conn, &[id]).await?;
        corrections::forget(tx.conn, &[id]).await?;
    }
    if gone {
        return Ok(());
    }
    if !own {
        let (by, colleagues) = (writer.account_id(), Colleagues::at(tx, &[id]).await?);
        let others = colleagues.on(id, tx.now);
        others.have_not_claimed(by)?;
        others.are_known(by, deletion.status, placed.comment.status)?;
        keep_text(tx, &placed.comment, by).await?;
        history::expire(tx.conn, id, Some(tx.now + RESTORABLE)).await?;
        let verdict = NewVerdict::on(tx.id(), &placed.comment, CommentStatus::Deleted, tx.now);
        let reason = deletion.reason.map(Reason::as_str);
        verdicts::insert(tx.conn, &[NewVerdict { reason, by_account: by, ..verdict.with_place(others.review) }])
            .await?;
    }
    let (status, nothing) = (CommentStatus::Deleted, rules::derive(String::new()));
    let change = Change { status, text: Some(&nothing), edited_at: None, deleted_at: Some(tx.now) };
    let public = turn(tx, &lock, &placed.comment, &change).await?;
    prints::forget(tx.conn, &[id]).await?;
    reviews::leave(tx.conn, &[id]).await?;
    reports::decide(tx.conn, &[id], ReportOutcome::Upheld, tx.now).await?;
    tx.append(News::of("comment.deleted", &lock, id).by(writer.account_id()).public(public).into());
    Ok(())
}

/// Shows a comment again that a moderator deleted, with the text that it had last, and what it quotes and whom it mentions: that
/// stays in its row while it is deleted, and is shown to nobody; only its author's export has it.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound); [`Code::Conflict`](crate::error::Code::Conflict) when it is not
/// deleted, its author deleted it, or its text has expired;
/// [`Code::PreconditionFailed`](crate::error::Code::PreconditionFailed).
pub async fn restore(tx: &mut Tx<'_>, id: Uuid, moderator: &Actor, revision: &IfMatch) -> Result<()> {
    let (lock, placed) = hold(tx, id).await?;
    if placed.comment.status != CommentStatus::Deleted {
        return Err(rules::not_while(placed.comment.status));
    }
    revision.check(placed.comment.revision)?;
    let text = history::last(tx.conn, id, tx.now).await?.ok_or_else(rules::nothing_to_restore)?;
    history::expire(tx.conn, id, None).await?;
    let text = rules::derive(text);
    let change = Change { status: CommentStatus::Visible, text: Some(&text), edited_at: None, deleted_at: None };
    let public = turn(tx, &lock, &placed.comment, &change).await?;
    let verdict = NewVerdict::on(tx.id(), &placed.comment, CommentStatus::Visible, tx.now);
    verdicts::insert(tx.conn, &[NewVerdict { by_account: Some(moderator.account_id), ..verdict }]).await?;
    tx.append(News::of("comment.restored", &lock, id).by(Some(moderator.account_id)).public(public).into());
    Ok(())
}

/// Keeps the text that is about to be replaced.
pub(super) async fn keep_text(tx: &mut Tx<'_>, row: &CommentRow, by: Option<Uuid>) -> Result<()> {
    let text = NewRevision {
        comment_id: row.id,
        revision: row.revision,
        body_markdown: &row.body_markdown,
        replaced_at: tx.now,
        replaced_by: by,
    };
    history::keep(tx.conn, &text).await?;
    Ok(())
}

/// Takes the thread's counter row, then reads the comment: what it says holds until the end of the transaction.
pub(super) async fn hold(tx: &mut Tx<'_>, id: Uuid) -> Result<(Lock, PlacedRow)> {
    let lock = write::lock(tx.conn, id).await?.ok_or_else(Error::not_found)?;
    let placed = thread::find(tx.conn, id).await?.ok_or_else(Error::not_found)?;
    Ok((lock, placed))
}

/// Changes a comment and sets right every counter that follows from it. Returns whether the public sees a difference.
pub(super) async fn turn(tx: &mut Tx<'_>, lock: &Lock, row: &CommentRow, change: &Change<'_>) -> Result<bool> {
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
    if row.is_answer() && visible != 0 {
        let answers = Counts { answers: visible, ..Counts::default() };
        write::count_replies(tx.conn, &[(row.root_id, answers)]).await?;
    }
    if (visible, roots, root_nos) != (0, 0, 0) {
        let growth = Growth { visible, roots, root_nos, ..Growth::default() };
        write::add(tx.conn, &BTreeMap::from([(lock.article_id, growth)])).await?;
    }
    Ok(was_shown || is_shown)
}
