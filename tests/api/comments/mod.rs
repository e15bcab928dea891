//! The conversation under an article.

mod add_reaction;
mod count_comments;
mod counters;
mod delete_comment;
mod edit_comment;
mod edit_window;
mod get_comment;
mod import;
mod list_comments;
mod list_replies;
mod once;
mod post_comment;
mod post_together;
mod remove_reaction;
mod walks;
