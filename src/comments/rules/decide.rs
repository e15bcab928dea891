//! Whether a verdict applies to a comment as it is.

use super::{
    super::types::{CommentRow, CommentStatus, Decision, Order, ReviewRow, VerdictRow},
    not_while,
};
use crate::error::{Code, Error, Field, Result};
use chrono::{DateTime, SecondsFormat, Utc};
use std::collections::HashMap;
use uuid::Uuid;

/// Whether a verdict applies. `by` is who gives it; `names` are those of others who claimed what waits.
///
/// # Errors
/// [`Code::Conflict`] when another has claimed the comment, naming who and until when, and when there is nothing to decide,
/// naming its present status; [`Code::PreconditionFailed`] when its text is not the one that was read.
pub fn may_decide(
    order: &Order,
    comment: &CommentRow,
    review: Option<&ReviewRow>,
    by: Option<Uuid>,
    now: DateTime<Utc>,
    names: &HashMap<Uuid, String>,
) -> Result<()> {
    if let Some((claimer, until)) = review.and_then(|review| review.claim(now)).filter(|(id, _)| by != Some(*id)) {
        return Err(claimed(names.get(&claimer).map(String::as_str), until));
    }
    if order.revision.is_some_and(|revision| revision != comment.revision) {
        let detail = format!("the present revision is {}", comment.revision);
        let field = Field::body("/revision", "stale", detail);
        return Err(Error::new(Code::PreconditionFailed, "It was changed after you read it.").at(field));
    }
    let (present, wanted) = (comment.status, order.decision.status());
    // What is visible and waits was reported: approving it says that it may stay.
    let stays = order.decision == Decision::Approve && present == CommentStatus::Visible && review.is_some();
    let open = present != CommentStatus::Deleted && (present != wanted || stays);
    if open { Ok(()) } else { Err(not_while(present)) }
}

/// The error for what somebody else has claimed: a moderator what waits in the queue, a coach a question.
#[must_use]
pub fn claimed(name: Option<&str>, until: DateTime<Utc>) -> Error {
    let name = name.unwrap_or("Somebody else");
    let until = until.to_rfc3339_opts(SecondsFormat::Secs, true);
    Error::new(Code::Conflict, format!("{name} has claimed it until {until}."))
}

/// Whether a verdict can be undone: `last` is the last one on its comment that stands.
///
/// # Errors
/// [`Code::Conflict`] when it was undone, something else was decided since, or the comment was changed since.
pub fn may_undo(verdict: &VerdictRow, last: Option<Uuid>, comment: &CommentRow) -> Result<()> {
    let conflict = |detail: &'static str| Err(Error::new(Code::Conflict, detail));
    if verdict.undone_at.is_some() {
        return conflict("It was undone already.");
    }
    if last != Some(verdict.id) {
        return conflict("Something else was decided since; undo that first.");
    }
    let gone = [verdict.was, verdict.became].contains(&CommentStatus::Deleted);
    if gone || comment.status != verdict.became {
        return Err(not_while(comment.status));
    }
    if comment.edited_at.is_some_and(|at| at > verdict.at) {
        return conflict("Its author has changed it since.");
    }
    Ok(())
}

/// The state in which a comment waits again.
#[must_use]
pub const fn waits_as(status: CommentStatus) -> &'static str {
    match status {
        CommentStatus::Pending => "pending",
        CommentStatus::Held => "held",
        CommentStatus::Visible | CommentStatus::Rejected | CommentStatus::Deleted => "reported",
    }
}
