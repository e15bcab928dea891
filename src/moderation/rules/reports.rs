//! What a report must say.

use super::{super::types::ReportComment, check_message};
use crate::{
    comments::{CommentReport, ReportReason, ReportText},
    error::{Error, Field, Result},
    http::permission::Role,
};

/// Checks all that a report says. Whoever calls something illegal must say why: a moderator is bound to look at that
/// (Regulation (EU) 2022/2065, Article 16).
///
/// # Errors
/// [`Code::Validation`](crate::error::Code::Validation).
pub fn check_report(input: &ReportComment) -> Result<ReportText> {
    let note = input.note.as_deref().map(|note| check_message(note, "/note")).transpose();
    let note = note.map_err(|flaw| Error::validation(vec![flaw]))?;
    if input.reason == ReportReason::Illegal && note.is_none() {
        let flaw = Field::body("/note", "required", "must say why the comment is against the law");
        return Err(Error::validation(vec![flaw]));
    }
    Ok(ReportText { reason: input.reason, note })
}

/// Takes out of a report what is not for everybody who may read it: who made it is for admins.
#[must_use]
pub fn redact_report(mut report: CommentReport, reader: Role) -> CommentReport {
    if reader != Role::Admin {
        report.reporter = None;
    }
    report
}
