//! The conversation under an article: threads and the replies in them, who writes there, and the counters.
//!
//! Knows neither who moderates nor why: a verdict comes in through `approve` and `reject`.

mod actions;
mod handlers;
mod letters;
mod queries;
mod rules;
mod types;

pub use actions::{
    approve, erase_author, finish_import, has_author, import_thread, list_by_author, list_moderated, post, recount,
    reject, repair, see_moderated, sweep, verified_guest_address,
};
pub use types::{
    Comment, CommentStatus, CommentedArticle, Drift, GuestName, ImportedAuthor, ImportedComment, ModeratedComment,
    OwnComment,
};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(handlers::list_comments)
        .service(handlers::list_replies)
        .service(handlers::get_comment)
        .service(handlers::count_comments)
        .service(handlers::post_comment)
        .service(handlers::edit_comment)
        .service(handlers::delete_comment)
        .service(handlers::confirm_guest)
        .service(handlers::erase_guest);
}
