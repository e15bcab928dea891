//! Guests who have an account now.

use super::super::{
    actions,
    types::{ClaimGuest, Claimed},
};
use crate::{
    error::Result,
    events::Journal,
    http::{actor::Member, json::Json},
    secrets::Secrets,
};
use actix_web::{HttpResponse, post, web::Data};
use secrecy::ExposeSecret;
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(claim_guest);
}

/// Takes what you wrote, gave and were called by as a guest into your account, by the manage token that the guest was
/// given. From then on it bears your name; the guest is forgotten, and the token is good for nothing.
///
/// Coaches, moderators and admins may not (403): their badge would fall on old words. A token of nobody is 422, a guest
/// without anything 409.
#[utoipa::path(
    tag = "comments",
    request_body = ClaimGuest,
    responses((status = 200, description = "How much went over.", body = Claimed)),
    security(("bearer" = [])),
)]
#[post("/accounts/me/claims")]
pub async fn claim_guest(
    Member(actor): Member,
    Json(input): Json<ClaimGuest>,
    journal: Data<Journal>,
    secrets: Data<Secrets>,
) -> Result<HttpResponse> {
    let claimed = actions::claim(&journal, &secrets, &actor, input.manage_token.expose_secret()).await?;
    Ok(HttpResponse::Ok().json(claimed))
}
