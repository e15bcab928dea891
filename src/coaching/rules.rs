//! What a comment is to the desk, what becomes of a question, and who may do what with it.

mod decide;
mod follow;

pub use decide::{check_filter, check_snooze, claim, close, free, release, reopen, snooze};
pub use follow::{asked, given, question, settle};
