//! HTTP in, HTTP out. Nothing here is kept in any cache.

mod answers;
mod claims;
mod desk;
mod drafts;
mod saved_replies;
mod states;

use crate::http::list::paged;
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    // Before the questions, whose ids stand in the same place.
    drafts::routes(cfg);
    saved_replies::routes(cfg);
    desk::routes(cfg);
    claims::routes(cfg);
    answers::routes(cfg);
    states::routes(cfg);
}
