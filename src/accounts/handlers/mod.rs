//! HTTP in, HTTP out.

mod accounts;
mod cookie;
mod keys;
mod second_factor;
mod services;
mod sessions;
mod staff;

pub use keys::get_jwks;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations under `/v1`.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.configure(accounts::routes)
        .configure(second_factor::routes)
        .configure(sessions::routes)
        .configure(services::routes)
        .configure(staff::routes);
}
