//! The conversation under an article.

mod add_reaction;
mod anchors;
mod answered;
mod chains;
mod count_comments;
mod counters;
mod delete_comment;
mod edit_comment;
mod get_comment;
mod get_context;
mod import;
mod list_comments;
mod list_replies;
mod mentions;
mod moments;
mod nesting;
mod once;
mod plans;
mod post_comment;
mod post_together;
mod redact_comment;
mod remove_reaction;
mod screening;
mod search_comments;
mod sorts;
mod walks;
