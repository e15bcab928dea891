//! What waits for a moderator, and the verdicts.

mod approve_comment;
mod list_queue;
mod list_revisions;
mod reject_comment;
mod restore_comment;
