//! Bans of accounts.

use super::super::actions;
use crate::{
    accounts::{BanRequest, Person},
    error::Result,
    events::Journal,
    http::{actor::Moderator, json::Json, request::no_content},
};
use actix_web::{
    HttpResponse, delete, put,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(ban_account).service(lift_ban);
}

/// Shuts an account for a while or for good: nobody uses it from then on, and its sessions end. Staff is banned by
/// admins only.
///
/// The same as a sanction of the kind `ban` on the account, and shown among them.
#[utoipa::path(
    tag = "accounts",
    security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The account.")),
    responses((status = 200, body = Person)),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[put("/accounts/{id}/ban")]
pub async fn ban_account(
    Moderator(actor): Moderator,
    journal: Data<Journal>,
    id: Path<Uuid>,
    Json(request): Json<BanRequest>,
) -> Result<HttpResponse> {
    let person = journal.write(async |tx| actions::ban(tx, &actor, *id, request).await).await?;
    Ok(HttpResponse::Ok().json(person))
}

/// Opens an account that was shut. Doing it twice does no harm.
#[utoipa::path(
    tag = "accounts",
    security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The account.")),
    responses((status = 204, description = "Its owner may log in again.")),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[delete("/accounts/{id}/ban")]
pub async fn lift_ban(Moderator(actor): Moderator, journal: Data<Journal>, id: Path<Uuid>) -> Result<HttpResponse> {
    journal.write(async |tx| actions::lift_ban(tx, &actor, *id).await).await?;
    Ok(no_content())
}
