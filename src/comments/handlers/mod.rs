//! HTTP in, HTTP out. Each resource has its file.

mod claims;
mod context;
mod curation;
mod erase;
mod guests;
mod own_guest;
mod page;
mod previews;
mod reactions;
mod read;
mod redactions;
mod search;
mod viewer;
mod write;

pub use erase::Guest;
pub use write::Known;

use actix_web::http::header::{self, HeaderName};
use utoipa_actix_web::service_config::ServiceConfig;

/// For one pair of eyes: nobody may keep it, not even the browser.
const PRIVATE: (HeaderName, &str) = (header::CACHE_CONTROL, "private, no-store");

/// Should anybody keep it all the same: what they were shown is another's for another.
const VARIES: (HeaderName, &str) = (header::VARY, "Authorization");

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.configure(read::routes).configure(context::routes).configure(search::routes);
    cfg.configure(write::routes).configure(guests::routes).configure(erase::routes);
    cfg.configure(own_guest::routes).configure(claims::routes);
    cfg.configure(viewer::routes).configure(previews::routes);
    cfg.configure(redactions::routes).configure(reactions::routes).configure(curation::routes);
}
