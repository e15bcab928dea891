//! Getting back into an account without its password.

use super::super::{
    changes::password,
    passwords::Hasher,
    types::{Accepted, NextStep, PasswordRedemption, PasswordReset},
};
use crate::{
    config::Settings,
    error::Result,
    events::Journal,
    http::{json::Json, rate_limit, request::no_content},
    mail::Outbox,
    secrets::Secrets,
    throttle::Throttle,
};
use actix_web::{HttpResponse, post, web::Data};
use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(request_password_reset).service(redeem_password_reset);
}

/// Asks for a new password. Always 202: a code goes to the address by mail, or word that it has no password here.
#[utoipa::path(
    tag = "accounts",
    responses((status = 202, body = Accepted)),
    extensions(("x-problems" = json!(["too_many_requests"]))),
)]
#[post("/password-resets")]
async fn request_password_reset(
    settings: Data<Settings>,
    secrets: Data<Secrets>,
    outbox: Data<Outbox>,
    journal: Data<Journal>,
    throttle: Throttle,
    body: Json<PasswordReset>,
) -> Result<HttpResponse> {
    let quota = throttle.account_requested().await?;
    password::request_reset(&journal, &outbox, &secrets, &settings, body.0).await?;
    // The limit, not what is left of it: two answers that must not differ would.
    let mut response = HttpResponse::Accepted();
    Ok(response.insert_header(rate_limit::policy(&quota)).json(Accepted { status: NextStep::CheckYourMail }))
}

/// Sets a new password, by the code that was mailed. Ends all sessions of the account; log in afterwards, with the second
/// factor where the account has one.
#[utoipa::path(
    tag = "accounts",
    responses((status = 204, description = "It is the new one from now on.")),
    extensions(("x-problems" = json!(["bad_code", "too_many_requests"]))),
)]
#[post("/password-resets/redemptions")]
async fn redeem_password_reset(
    settings: Data<Settings>,
    secrets: Data<Secrets>,
    hasher: Data<Hasher>,
    outbox: Data<Outbox>,
    journal: Data<Journal>,
    throttle: Throttle,
    body: Json<PasswordRedemption>,
) -> Result<HttpResponse> {
    throttle.code_shown().await?;
    password::redeem_reset(&journal, &hasher, &outbox, &secrets, &settings, body.0).await?;
    throttle.code_accepted().await?;
    Ok(no_content())
}
