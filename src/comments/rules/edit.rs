//! How long a comment can be changed.

use super::super::types::{CommentRow, Writer};
use crate::error::{Code, Error, Result};
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
