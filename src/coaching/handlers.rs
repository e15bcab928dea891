//! HTTP in, HTTP out. Nothing here is kept in any cache.

mod claims;
mod desk;
mod states;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    desk::routes(cfg);
    claims::routes(cfg);
    states::routes(cfg);
}
