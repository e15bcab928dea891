//! HTTP in, HTTP out.

mod accounts;
mod cookie;
mod keys;
mod me;
mod password_resets;
mod second_factor;
mod services;
mod sessions;
mod staff;

pub use keys::get_jwks;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations under `/v1`.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.configure(accounts::routes)
        .configure(me::routes)
        .configure(password_resets::routes)
        .configure(second_factor::routes)
        .configure(sessions::routes)
        .configure(services::routes)
        .configure(staff::routes);
}
