//! HTTP in, HTTP out. Nothing here is kept in any cache.

mod alerts;
mod bans;
mod claims;
mod comments;
mod log;
mod on_call;
mod own_sanctions;
mod queue;
mod reports;
mod sanctions;
mod trials;
mod verdicts;

use crate::http::list::paged;
use utoipa_actix_web::service_config::ServiceConfig;

/// Comments on a page, unless the client says otherwise.
const DEFAULT_LIMIT: i64 = 20;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    queue::routes(cfg);
    claims::routes(cfg);
    comments::routes(cfg);
    verdicts::routes(cfg);
    log::routes(cfg);
    trials::routes(cfg);
    alerts::routes(cfg);
    on_call::routes(cfg);
    reports::routes(cfg);
    sanctions::routes(cfg);
    own_sanctions::routes(cfg);
    bans::routes(cfg);
}
