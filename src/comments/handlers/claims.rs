//! Guests who have an account now.

use super::super::{
    actions,
    companion::GuestCompanion,
    types::{ClaimGuest, Claimed},
};
use crate::{
    error::{Code, Error, Result},
    events::Journal,
    http::{actor::Member, json::Json, permission::Role},
    secrets::Secrets,
};
use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload, post, web::Data};
use futures_util::future::LocalBoxFuture;
use secrecy::ExposeSecret;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(claim_guest);
}

/// Takes what you wrote, gave and were called by as a guest into your account, by the manage token that the guest was
/// given. From then on it bears your name; the guest is forgotten, and the token is good for nothing.
///
/// Coaches, moderators and admins may not (403): their badge would fall on old words. A token of nobody is 422, a guest
/// without anything 409. Where the guest has private threads and gave an address, it must be the account's, too (403
/// `address_unverified`): somebody else may have found the manage token.
#[utoipa::path(
    tag = "comments",
    request_body = ClaimGuest,
    responses((status = 200, description = "How much went over.", body = Claimed)),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["address_unverified", "conflict"]))),
)]
#[post("/accounts/me/claims")]
pub async fn claim_guest(
    WithoutBadge(account_id): WithoutBadge,
    Json(input): Json<ClaimGuest>,
    journal: Data<Journal>,
    secrets: Data<Secrets>,
    companion: Data<dyn GuestCompanion>,
) -> Result<HttpResponse> {
    let claimed =
        actions::claim(&journal, &secrets, &**companion, account_id, input.manage_token.expose_secret()).await?;
    Ok(HttpResponse::Ok().json(claimed))
}

/// An account beside whose name no badge stands.
pub struct WithoutBadge(Uuid);

impl FromRequest for WithoutBadge {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let member = Member::from_request(request, payload);
        Box::pin(async move {
            let Member(actor) = member.await?;
            if actor.role.is_staff() || actor.withheld.is_some_and(Role::is_staff) {
                return Err(Error::new(Code::Forbidden, "What a guest wrote would bear the badge of your role."));
            }
            Ok(Self(actor.account_id))
        })
    }
}
