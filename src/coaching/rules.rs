//! What a comment is to the desk, what becomes of a question, and who may do what with it.

mod answer;
mod decide;
mod follow;
mod texts;

pub use answer::may_be_answered;
pub use decide::{check_filter, check_snooze, claim, close, free, release, reopen, snooze};
pub use follow::{asked, given, question, settle};
pub use texts::{
    check_draft, check_saved_reply, check_words, may_change, may_withdraw, too_many_drafts, too_many_saved_replies,
};
