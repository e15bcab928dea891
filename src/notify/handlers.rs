//! HTTP in, HTTP out. Each resource has its file.

mod notices;
mod unsubscriptions;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.configure(notices::routes).configure(unsubscriptions::routes);
}
