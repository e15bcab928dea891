//! HTTP in, HTTP out. Each resource has its file.

mod context;
mod erase;
mod guests;
mod page;
mod read;
mod search;
mod write;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.configure(read::routes).configure(context::routes).configure(search::routes);
    cfg.configure(write::routes).configure(guests::routes).configure(erase::routes);
}
