//! HTTP in, HTTP out. Each resource has its file.

mod rules;
mod support;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.configure(rules::routes);
    cfg.configure(support::routes);
}
