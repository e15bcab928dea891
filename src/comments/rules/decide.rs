//! Whether a verdict applies to a comment as it is.

use super::{
    super::types::{Act, CommentRow, CommentStatus, Decision, Order, ReviewRow, VerdictRow},
    not_while,
};
use crate::error::{Code, Error, Field, Result};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use std::collections::HashMap;
use uuid::Uuid;

/// How long what one person did is not overruled by another who does not know of it: about as long as somebody takes who had
/// the comment before them by then.
pub const UNAWARE: TimeDelta = TimeDelta::minutes(1);

/// One of the publication's people whose account is gone.
const SOMEBODY: &str = "Somebody else";

/// What others than the one who decides do with a comment.
#[derive(Debug, Clone, Copy)]
pub struct Others<'a> {
    /// Its place in the queue, where it has one, with who claimed it.
    pub review: Option<&'a ReviewRow>,
    /// The last thing that was done about it, if that is less than [`UNAWARE`] ago.
    pub last: Option<&'a Act>,
    /// The names of those people.
    pub names: &'a HashMap<Uuid, String>,
    /// What time it is.
    pub now: DateTime<Utc>,
}

impl Others<'_> {
    /// Goes on where nobody else has claimed the comment.
    ///
    /// # Errors
    /// [`Code::Conflict`], naming who has and until when.
    pub fn have_not_claimed(&self, by: Option<Uuid>) -> Result<()> {
        let claim = self.review.and_then(|review| review.claim(self.now)).filter(|(id, _)| by != Some(*id));
        claim.map_or(Ok(()), |(id, until)| Err(claimed(self.names.get(&id).map(String::as_str), until)))
    }

    /// Goes on where the comment is what the one who decides saw, and where what another did about it just now is known to
    /// them: they saw what came of it. What nobody looked at (`by` is none) comes after no person anyway.
    ///
    /// # Errors
    /// [`Code::Conflict`], naming its present status.
    pub fn are_known(&self, by: Option<Uuid>, seen: Option<CommentStatus>, present: CommentStatus) -> Result<()> {
        if seen.is_some_and(|seen| seen != present) {
            return Err(not_while(present));
        }
        // That it may stay cannot be seen; and what its author made of it since is nobody's verdict.
        let unseen = |act: &&Act| act.became == present && (seen.is_none() || act.was == act.became);
        match (by, self.last.filter(unseen).and_then(|act| act.by)) {
            (Some(by), Some(other)) if by != other => Err(decided(self.names.get(&other), present, seen.is_some())),
            _ => Ok(()),
        }
    }
}

/// Whether a verdict applies. `by` is who gives it.
///
/// # Errors
/// As [`Others`]; [`Code::Conflict`] when there is nothing to decide, naming its present status;
/// [`Code::PreconditionFailed`] when its text is not the one that was read.
pub fn may_decide(order: &Order, comment: &CommentRow, by: Option<Uuid>, others: Others<'_>) -> Result<()> {
    others.have_not_claimed(by)?;
    if order.revision.is_some_and(|revision| revision != comment.revision) {
        let detail = format!("the present revision is {}", comment.revision);
        let field = Field::body("/revision", "stale", detail);
        return Err(Error::new(Code::PreconditionFailed, "It was changed after you read it.").at(field));
    }
    let (present, wanted) = (comment.status, order.decision.status());
    // What is visible and waits was reported: approving it says that it may stay.
    let stays = order.decision == Decision::Approve && present == CommentStatus::Visible && others.review.is_some();
    let open = present != CommentStatus::Deleted && (present != wanted || stays);
    if open { others.are_known(by, order.status, present) } else { Err(not_while(present)) }
}

/// The error for what somebody else decided on just now.
fn decided(name: Option<&String>, present: CommentStatus, seen: bool) -> Error {
    let (name, present) = (name.map_or(SOMEBODY, String::as_str), present.as_str());
    let then = if seen { "Look again in a minute." } else { "Name its status to decide otherwise." };
    Error::new(Code::Conflict, format!("{name} has just decided on it: the comment is {present}. {then}"))
}

/// The error for what somebody else has claimed: a moderator what waits in the queue, a coach a question.
#[must_use]
pub fn claimed(name: Option<&str>, until: DateTime<Utc>) -> Error {
    let name = name.unwrap_or(SOMEBODY);
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
