//! What people may ask about what is kept of them: to be handed it, and to be forgotten.
//!
//! Knows where everything is kept and keeps nothing itself but what it hands out, and who was erased; it acts through
//! the doors of the others.

mod archive;
mod clerk;
mod closing;
mod document;
mod erasing;
mod handlers;
mod letters;
mod queries;
mod rules;
mod types;

pub use clerk::{Bell, Clerk, sweep};
pub use erasing::{erase_due, list_erasures, replay};
pub use types::Erasure;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations under `/v1`.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(handlers::close_account)
        .service(handlers::restore_account)
        .service(handlers::request_export)
        .service(handlers::get_export)
        .service(handlers::get_export_document)
        .service(handlers::get_export_archive);
}
