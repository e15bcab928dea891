//! How an account comes to be: signing up and claiming.

use super::super::{
    passwords::Hasher,
    registration,
    types::{Accepted, Account, Claim, Confirmation, NextStep, SignUp},
};
use crate::{
    config::Settings,
    error::Result,
    events::Journal,
    http::{json::Json, rate_limit},
    mail::Outbox,
    secrets::Secrets,
    throttle::Throttle,
};
use actix_web::{HttpResponse, http::header, post, web::Data};
use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(sign_up).service(confirm_account).service(claim_account);
}

/// Asks for an account. Always 202: a code goes to the address by mail, or word that it has an account already.
#[utoipa::path(
    tag = "accounts",
    responses((status = 202, body = Accepted)),
    extensions(("x-problems" = json!(["too_many_requests"]))),
)]
#[post("/accounts")]
async fn sign_up(
    settings: Data<Settings>,
    secrets: Data<Secrets>,
    hasher: Data<Hasher>,
    outbox: Data<Outbox>,
    journal: Data<Journal>,
    throttle: Throttle,
    body: Json<SignUp>,
) -> Result<HttpResponse> {
    let quota = throttle.account_requested().await?;
    registration::sign_up(&journal, &hasher, &outbox, &secrets, &settings, body.0).await?;
    // The limit, not what is left of it: two answers that must not differ would.
    let mut response = HttpResponse::Accepted();
    Ok(response.insert_header(rate_limit::policy(&quota)).json(Accepted { status: NextStep::CheckYourMail }))
}

/// Makes the account that a mailed code stands for, with the password of the sign-up. Log in afterwards.
#[utoipa::path(
    tag = "accounts",
    responses((status = 201, body = Account, headers(("Location" = String, description = "/v1/accounts/me")))),
    extensions(("x-problems" = json!(["bad_code", "conflict", "too_many_requests"]))),
)]
#[post("/accounts/confirmations")]
async fn confirm_account(
    secrets: Data<Secrets>,
    hasher: Data<Hasher>,
    journal: Data<Journal>,
    throttle: Throttle,
    body: Json<Confirmation>,
) -> Result<HttpResponse> {
    throttle.code_shown().await?;
    let account = registration::confirm(&journal, &hasher, &secrets, body.0).await?;
    throttle.code_accepted().await?;
    Ok(HttpResponse::Created().insert_header((header::LOCATION, "/v1/accounts/me")).json(account))
}

/// Takes over an account that was made for you, with the code you were given. Ends all its sessions.
#[utoipa::path(
    tag = "accounts",
    responses((status = 200, body = Account)),
    extensions(("x-problems" = json!(["bad_code", "too_many_requests"]))),
)]
#[post("/accounts/claims")]
async fn claim_account(
    settings: Data<Settings>,
    secrets: Data<Secrets>,
    hasher: Data<Hasher>,
    journal: Data<Journal>,
    throttle: Throttle,
    body: Json<Claim>,
) -> Result<HttpResponse> {
    throttle.code_shown().await?;
    let account = registration::claim(&journal, &hasher, &secrets, &settings, body.0).await?;
    throttle.code_accepted().await?;
    Ok(HttpResponse::Ok().json(account))
}
