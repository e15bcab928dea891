//! Who may take personal data out of a comment, and which.

use super::{
    super::types::{CommentStatus, PlacedRow, RedactComment, Writer},
    is_known_to,
};
use crate::{
    error::{Code, Error, Field, Result},
    screening::PersonalData,
};

/// Whether somebody may take personal data out of this comment. Its author may at any time, whatever became of it.
///
/// # Errors
/// [`Code::Unauthenticated`] and [`Code::Forbidden`] for others than its author and moderators, [`Code::NotFound`]
/// where they must not learn that it exists, or its text is not there any more.
pub fn may_redact(placed: &PlacedRow, writer: Writer) -> Result<()> {
    is_known_to(placed, writer)?;
    if placed.comment.status == CommentStatus::Deleted {
        return Err(Error::not_found());
    }
    if placed.comment.is_by(writer) || writer.moderates() {
        return Ok(());
    }
    Err(Error::new(Code::Forbidden, "Only its author or a moderator may redact a comment."))
}

/// The kinds that are meant: those that are named, or all.
///
/// # Errors
/// [`Code::Validation`] at `/kinds` when the list is there and holds none, or more than there are.
pub fn kinds(input: RedactComment) -> Result<Vec<PersonalData>> {
    let kinds = input.kinds.unwrap_or_else(|| PersonalData::ALL.into());
    let flaw = match kinds.len() {
        0 => ("too_few", "must name a kind, or be left out for all"),
        many if many > PersonalData::ALL.len() => ("too_many", "must name 4 kinds at most"),
        _ => return Ok(kinds),
    };
    Err(Error::validation(vec![Field::body("/kinds", flaw.0, flaw.1)]))
}
