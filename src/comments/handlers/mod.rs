//! HTTP in, HTTP out. Each resource has its file.

mod curation;
mod erase;
mod guests;
mod reactions;
mod read;
mod write;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.configure(read::routes)
        .configure(write::routes)
        .configure(guests::routes)
        .configure(erase::routes)
        .configure(reactions::routes)
        .configure(curation::routes);
}
