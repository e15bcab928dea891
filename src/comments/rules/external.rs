//! What an opinion from outside makes of a comment that was held for it.

use super::super::types::CommentStatus;
use crate::screening::Action;

/// What becomes of a held comment when somebody outside asks for `said`, and the other checks asked for `others`. What
/// readers reported, and what may come from somebody in danger, is for a moderator.
#[must_use]
pub fn settle_checked(said: Action, others: &[String], for_a_moderator: bool) -> CommentStatus {
    let asks = |action: Action| others.iter().any(|other| other == action.as_str());
    match said {
        Action::Reject if !for_a_moderator => CommentStatus::Rejected,
        Action::Reject | Action::Hold => CommentStatus::Held,
        // What was pointed out and sent all the same is looked at first, too.
        Action::Note | Action::Wait | Action::Nudge => {
            if for_a_moderator || [Action::Nudge, Action::Hold, Action::Reject].into_iter().any(asks) {
                CommentStatus::Held
            } else if asks(Action::Wait) {
                CommentStatus::Pending
            } else {
                CommentStatus::Visible
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_approval_shows_only_what_nothing_else_holds() {
        let settled = |others: &[&str]| {
            let others: Vec<String> = others.iter().map(|&other| other.to_owned()).collect();
            settle_checked(Action::Note, &others, false)
        };
        assert_eq!(settled(&[]), CommentStatus::Visible);
        assert_eq!(settled(&["note"]), CommentStatus::Visible);
        assert_eq!(settled(&["wait", "note"]), CommentStatus::Pending);
        assert_eq!(settled(&["wait", "hold"]), CommentStatus::Held);
        assert_eq!(settled(&["nudge"]), CommentStatus::Held);
        assert_eq!(settle_checked(Action::Note, &[], true), CommentStatus::Held);
        assert_eq!(settle_checked(Action::Hold, &[], false), CommentStatus::Held);
        assert_eq!(settle_checked(Action::Reject, &["hold".into()], false), CommentStatus::Rejected);
        assert_eq!(settle_checked(Action::Reject, &["hold".into()], true), CommentStatus::Held);
    }
}
