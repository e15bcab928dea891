//! What a sanction must say.

use super::super::types::{By, Subject};
use crate::error::{Error, Field, Result};
use uuid::Uuid;

/// The longest sanction, minutes: ten years. What is to last longer lasts until it is lifted.
const LONGEST: i64 = 5_256_000;

/// Who is meant, as far as the request tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// An account.
    Account(Uuid),
    /// A guest.
    Guest(Uuid),
    /// Whoever wrote a comment.
    Author(Uuid, By),
}

/// Who is meant.
///
/// # Errors
/// [`Code::Validation`](crate::error::Code::Validation) where not exactly one is named.
pub fn named(subject: &Subject) -> Result<Named> {
    let flaw = |at, code, detail| Err(Error::validation(vec![Field::body(at, code, detail)]));
    match (subject.account_id, subject.guest_id, subject.comment_id) {
        (None, None, Some(id)) => Ok(Named::Author(id, subject.by.unwrap_or_default())),
        (Some(_), None, None) | (None, Some(_), None) if subject.by.is_some() => {
            flaw("/subject/by", "not_allowed", "goes with comment_id only")
        }
        (Some(id), None, None) => Ok(Named::Account(id)),
        (None, Some(id), None) => Ok(Named::Guest(id)),
        _ => flaw("/subject", "one_of", "must name one of account_id, guest_id and comment_id"),
    }
}

/// For how many minutes.
///
/// # Errors
/// [`Code::Validation`](crate::error::Code::Validation).
pub fn check_minutes(minutes: Option<i64>) -> Result<Option<i64>> {
    if minutes.is_some_and(|minutes| !(1..=LONGEST).contains(&minutes)) {
        let detail = format!("must be 1 to {LONGEST}");
        return Err(Error::validation(vec![Field::body("/minutes", "out_of_range", detail)]));
    }
    Ok(minutes)
}
