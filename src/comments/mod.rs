//! The conversation under an article: threads and the replies in them, who writes there, and the counters.
//!
//! Knows neither who moderates nor why: a verdict comes in through `approve` and `reject`.

mod actions;
mod handlers;
mod letters;
mod queries;
mod rules;
mod types;
mod writers;

pub use actions::Reception;
pub use actions::{
    approve, erase_author, erase_guest, finish_import, forget_address, guests_of, has_author, import_thread,
    list_by_author, list_moderated, list_reactions_by, list_revisions, prune_history, recount, reject, repair, restore,
    see_moderated, sweep, verified_guest_address,
};
pub use handlers::routes;
pub use types::{
    Comment, CommentHistory, CommentRevision, CommentStatus, CommentedArticle, Drift, GuestName, ImportedAuthor,
    ImportedComment, ModeratedComment, OwnComment, OwnReactions, OwnRow,
};
pub use writers::Writers;
