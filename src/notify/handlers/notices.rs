//! Which mails somebody with an account wants, of those that they may do without.

use super::super::{
    types::{EditNotices, Notices},
    wishes,
};
use crate::{
    db::Pool,
    error::Result,
    events::Journal,
    http::{actor::Member, json::Json},
};
use actix_web::{
    HttpResponse, get,
    http::header::{self, HeaderName},
    patch,
    web::Data,
};
use utoipa_actix_web::service_config::ServiceConfig;

/// For one pair of eyes: nobody may keep it, not even the browser.
const PRIVATE: (HeaderName, &str) = (header::CACHE_CONTROL, "private, no-store");

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(get_notices).service(edit_notices);
}

/// Which mails you want.
#[utoipa::path(
    tag = "notices",
    security(("bearer" = [])),
    responses((status = 200, description = "All of them, unless you said otherwise.", body = Notices)),
)]
#[get("/accounts/me/notices")]
async fn get_notices(member: Member, pool: Data<Pool>) -> Result<HttpResponse> {
    let notices = wishes::see(&mut *pool.get().await?, member.0.account_id).await?;
    Ok(HttpResponse::Ok().insert_header(PRIVATE).json(notices))
}

/// Says which mails you want. What is left out stays as it is.
#[utoipa::path(
    tag = "notices",
    request_body = EditNotices,
    security(("bearer" = [])),
    responses((status = 200, description = "As it is now.", body = Notices)),
)]
#[patch("/accounts/me/notices")]
async fn edit_notices(
    member: Member,
    Json(changes): Json<EditNotices>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    let account_id = member.0.account_id;
    let notices = journal.write(async |tx| wishes::edit(tx, account_id, changes).await).await?;
    Ok(HttpResponse::Ok().insert_header(PRIVATE).json(notices))
}
