//! What waits for a moderator, and the verdicts.

mod approve_author;
mod approve_comment;
mod claim_comment;
mod count_queue;
mod get_history;
mod give_verdicts;
mod hold_comment;
mod list_log;
mod list_moderated;
mod list_queue;
mod list_reasons;
mod list_revisions;
mod reject_comment;
mod release_comment;
mod restore_comment;
mod statement_of_reasons;
mod two_moderators;
mod undo_verdict;
