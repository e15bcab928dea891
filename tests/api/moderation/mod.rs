//! What waits for a moderator, and the verdicts.

mod approve_comment;
mod list_queue;
mod reject_comment;
