//! The queue of comments that wait for a moderator, and the verdicts. Acts through `comments`.

mod handlers;
mod types;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(handlers::list_queue)
        .service(handlers::approve_comment)
        .service(handlers::reject_comment)
        .service(handlers::list_revisions)
        .service(handlers::restore_comment);
}
