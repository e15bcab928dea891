//! HTTP in, HTTP out. Nothing here is kept in any cache, and what a response is about depends on who asks.

mod break_glass;
mod coaches;
mod drafts;
mod invitations;
mod messages;
mod state;
mod threads;
mod writing;

use super::{
    actions,
    types::{PrivateThread, Who},
};
use crate::{db::Pool, error::Result, http::list::List, secrets::Secrets};
use actix_web::{
    HttpResponse, HttpResponseBuilder,
    http::header::{self, HeaderName},
};
use serde::Serialize;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// For one pair of eyes: nobody may keep it, not even the browser.
const PRIVATE: (HeaderName, &str) = (header::CACHE_CONTROL, "private, no-store");

/// Should anybody keep it all the same: what they were shown is another's for another.
const VARIES: (HeaderName, &str) = (header::VARY, "Authorization");

/// Items of a page, unless the client says otherwise.
const DEFAULT_LIMIT: i64 = 20;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.configure(coaches::routes).configure(threads::routes).configure(invitations::routes);
    cfg.configure(messages::routes).configure(writing::routes).configure(drafts::routes).configure(state::routes);
    cfg.configure(break_glass::routes);
}

/// What one person is shown.
fn private(mut response: HttpResponseBuilder, body: &impl Serialize) -> HttpResponse {
    response.insert_header(PRIVATE).insert_header(VARIES).json(body)
}

/// A page of it, with the header that says the same as its `next` and `prev`.
fn paged<T: Serialize>(page: &List<T>) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    if let Some(link) = page.link() {
        response.insert_header((header::LINK, link));
    }
    private(response, page)
}

/// A thread as it is now.
async fn thread(pool: &Pool, secrets: &Secrets, id: Uuid, who: Who) -> Result<PrivateThread> {
    actions::view(&mut *pool.get().await?, secrets, id, who).await
}

/// A thread that is new, or was there already.
fn created(thread: &PrivateThread) -> HttpResponse {
    let mut response = HttpResponse::Created();
    response.insert_header((header::LOCATION, format!("/v1/private-threads/{}", thread.id)));
    private(response, thread)
}
