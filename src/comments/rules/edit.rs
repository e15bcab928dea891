//! How long a comment can be changed.

use super::super::types::{CommentRow, Writer};
use crate::{
    error::{Code, Error, Field, Result},
    text::{self, Bounds},
};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

/// Until when its author may change a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditWindow {
    /// For ever.
    Always,
    /// Until this time.
    Until(DateTime<Utc>),
    /// Until something that is shown answers it.
    UntilAnswered,
}

/// How long a note on a correction is, characters.
pub const CORRECTION: Bounds = Bounds { min: 1, max: 500 };

/// What is said beside a comment of its having been corrected, as it is kept.
///
/// # Errors
/// The flaw that it has, at `/correction_note`: others than the publication's own people correct without a note.
pub fn check_correction(note: &str, writer: Writer) -> std::result::Result<String, Field> {
    if !writer.is_staff() {
        let detail = "must be left out: only coaches, moderators and admins say beside a comment what was wrong in it";
        return Err(Field::body("/correction_note", "not_staff", detail));
    }
    text::clean_line(note, CORRECTION).map_err(|flaw| Field::body("/correction_note", flaw.code(), flaw.detail()))
}

impl EditWindow {
    /// The window of a comment whose author this is. `minutes` is the publication's setting: 0 means until it is
    /// answered. What the publication's own people say stays in their hands.
    #[must_use]
    pub fn of(comment: &CommentRow, author: Writer, minutes: u32) -> Self {
        match minutes {
            _ if author.is_staff() => Self::Always,
            0 => Self::UntilAnswered,
            minutes => Self::Until(comment.created_at + TimeDelta::minutes(i64::from(minutes))),
        }
    }

    /// Goes on while it is open.
    ///
    /// # Errors
    /// [`Code::EditWindowClosed`], saying until when it was open.
    pub fn check(self, comment: &CommentRow, now: DateTime<Utc>) -> Result<()> {
        let detail = match self {
            Self::Until(end) if now >= end => {
                format!("It could be changed until {}.", end.to_rfc3339_opts(SecondsFormat::Secs, true))
            }
            Self::UntilAnswered if comment.reply_count > 0 => "It could be changed until it was answered.".into(),
            Self::Always | Self::Until(_) | Self::UntilAnswered => return Ok(()),
        };
        Err(Error::new(Code::EditWindowClosed, detail))
    }
}
