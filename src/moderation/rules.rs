//! What verdicts, reports and sanctions must say, and what is told of them to whom.

mod alerts;
mod reports;
mod sanctions;
mod trials;

pub use alerts::{Changes, MAX_ON_CALL, changes, turns};
pub use reports::{check_report, redact_report};
pub use sanctions::{Named, check_minutes, named};
pub use trials::Tally;

use super::types::{GiveVerdict, GiveVerdicts, LogEntry, OneVerdict};
use crate::{
    comments::{Decision, Order},
    error::{Error, Field, Result},
    http::permission::Role,
    screening::Reason,
    text::{self, Bounds},
};
use std::collections::HashSet;
use uuid::Uuid;

/// Verdicts of one request, at most.
pub const MAX_VERDICTS: usize = 500;

/// What moderators write to authors, and readers to moderators.
const MESSAGE: Bounds = Bounds::new(1, 1000);

/// Checks a verdict on one comment.
///
/// # Errors
/// [`Code::Validation`](crate::error::Code::Validation) for a message that cannot be told.
pub fn order(comment_id: Uuid, decision: Decision, given: GiveVerdict) -> Result<Order> {
    let GiveVerdict { reason, message, revision, status } = given;
    let mut flaws = untold(decision, reason, message.as_deref(), "");
    let message = message.map(|message| check_message(&message, "/message"));
    let message = message.transpose().map_err(|flaw| flaws.push(flaw)).ok().flatten();
    if !flaws.is_empty() {
        return Err(Error::validation(flaws));
    }
    Ok(Order { comment_id, decision, reason, message, revision, status })
}

/// Checks many verdicts.
///
/// # Errors
/// [`Code::Validation`](crate::error::Code::Validation) with every field that is not acceptable.
pub fn orders(given: GiveVerdicts) -> Result<Vec<Order>> {
    let count = given.items.len();
    if count == 0 || count > MAX_VERDICTS {
        let flaw = Field::body("/items", "out_of_range", format!("must be 1 to {MAX_VERDICTS}"));
        return Err(Error::validation(vec![flaw]));
    }
    let (mut orders, mut flaws, mut seen) = (Vec::with_capacity(count), Vec::new(), HashSet::new());
    for (at, item) in given.items.into_iter().enumerate() {
        if !seen.insert(item.comment_id) {
            flaws.push(Field::body(&format!("/items/{at}/comment_id"), "repeated", "is named further up"));
        }
        flaws.extend(untold(item.verdict, item.reason, item.message.as_deref(), &format!("/items/{at}")));
        let message = item.message.map(|message| check_message(&message, &format!("/items/{at}/message")));
        let message = message.transpose().map_err(|flaw| flaws.push(flaw)).ok().flatten();
        let OneVerdict { comment_id, verdict: decision, reason, revision, status, .. } = item;
        orders.push(Order { comment_id, decision, reason, message, revision, status });
    }
    if flaws.is_empty() { Ok(orders) } else { Err(Error::validation(flaws)) }
}

/// What nobody would be told: the author of what is approved finds it shown, and no word beside it. `at` is the place of the
/// verdict in the body.
fn untold(decision: Decision, reason: Option<Reason>, message: Option<&str>, at: &str) -> Vec<Field> {
    if decision != Decision::Approve {
        return Vec::new();
    }
    let untold = |name: &str| Field::body(&format!("{at}/{name}"), "not_told", "is told to nobody: answer the comment");
    let reason = reason.map(|_| untold("reason"));
    reason.into_iter().chain(message.map(|_| untold("message"))).collect()
}

/// A message as it is kept.
///
/// # Errors
/// The flaw that it has, `at` a place of the body.
pub fn check_message(message: &str, at: &str) -> std::result::Result<String, Field> {
    text::clean(message, MESSAGE).map_err(|flaw| Field::body(at, flaw.code(), flaw.detail()))
}

/// Takes out of an entry what is not for everybody who may read the log: what authors were told is not for coaches, and who
/// reported a comment is for admins.
#[must_use]
pub fn redact(mut entry: LogEntry, reader: Role) -> LogEntry {
    if reader == Role::Coach {
        entry.verdict.message = None;
    }
    if reader != Role::Admin {
        entry.reported_by = None;
    }
    entry
}
