//! How long a comment may be changed.

use super::super::types::{CommentRow, CommentStatus};
use crate::config::Settings;
use chrono::{DateTime, TimeDelta, Utc};

/// Until when its author may change a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditWindow {
    /// Not any more, or not as it stands.
    Closed,
    /// Before this moment.
    Until(DateTime<Utc>),
    /// As long as nobody has answered it.
    UntilAnswered,
}

/// Until when the author of a comment may change what it says, as of `now`: for so many minutes since it was written, or
/// until something that is shown replies to it, as the setting says. What a moderator refused or somebody deleted is
/// not changed at all.
#[must_use]
pub fn editable_until(comment: &CommentRow, settings: &Settings, now: DateTime<Utc>) -> EditWindow {
    let answered = comment.reply_count > 0;
    edit_window(comment.status, answered, comment.created_at, settings.comment_edit_minutes, now)
}

/// The same by what it depends on: the status, whether it has been answered, when it was written, and the setting.
#[must_use]
pub fn edit_window(
    status: CommentStatus,
    answered: bool,
    created_at: DateTime<Utc>,
    minutes: u32,
    now: DateTime<Utc>,
) -> EditWindow {
    if matches!(status, CommentStatus::Rejected | CommentStatus::Deleted) {
        return EditWindow::Closed;
    }
    if minutes == 0 {
        return if answered { EditWindow::Closed } else { EditWindow::UntilAnswered };
    }
    let until = created_at + TimeDelta::minutes(minutes.into());
    if now < until { EditWindow::Until(until) } else { EditWindow::Closed }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(minutes: u32, status: CommentStatus, answered: bool, age: TimeDelta) -> EditWindow {
        let written = DateTime::UNIX_EPOCH;
        edit_window(status, answered, written, minutes, written + age)
    }

    #[test]
    fn for_so_many_minutes_whoever_answers() {
        let last = DateTime::UNIX_EPOCH + TimeDelta::minutes(60);
        for status in [CommentStatus::Visible, CommentStatus::Pending, CommentStatus::Held] {
            assert_eq!(after(60, status, true, TimeDelta::minutes(59)), EditWindow::Until(last));
            assert_eq!(after(60, status, false, TimeDelta::minutes(60)), EditWindow::Closed);
        }
    }

    #[test]
    fn or_until_somebody_has_answered() {
        let long = TimeDelta::days(1000);
        assert_eq!(after(0, CommentStatus::Visible, false, long), EditWindow::UntilAnswered);
        assert_eq!(after(0, CommentStatus::Visible, true, TimeDelta::zero()), EditWindow::Closed);
    }

    #[test]
    fn never_what_was_refused_or_deleted() {
        for status in [CommentStatus::Rejected, CommentStatus::Deleted] {
            for minutes in [0, 60] {
                assert_eq!(after(minutes, status, false, TimeDelta::zero()), EditWindow::Closed);
            }
        }
    }
}
