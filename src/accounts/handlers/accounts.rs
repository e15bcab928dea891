//! Signing up, claiming, and who one is.

use super::super::{
    passwords::Hasher,
    queries, registration,
    types::{Account, Claim, Confirmation, SignUp, SignUpAnswer, SignUpStatus},
};
use crate::{
    config::Settings,
    db::Pool,
    error::Result,
    events::Journal,
    http::{
        actor::{Member, unauthenticated},
        json::Json,
        rate_limit,
    },
    mail::Outbox,
    secrets::Secrets,
    throttle::Throttle,
};
use actix_web::{HttpResponse, get, http::header, post, web::Data};
use secrecy::ExposeSecret;
use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(sign_up).service(confirm_account).service(claim_account).service(get_me);
}

/// Asks for an account. Always 202: a code goes to the address by mail, or word that it has an account already.
#[utoipa::path(tag = "accounts", responses((status = 202, body = SignUpAnswer)))]
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
    Ok(response.insert_header(rate_limit::policy(&quota)).json(SignUpAnswer { status: SignUpStatus::CheckYourMail }))
}

/// Makes the account that a mailed code stands for. Log in afterwards.
#[utoipa::path(
    tag = "accounts",
    responses((status = 201, body = Account, headers(("Location" = String, description = "/v1/accounts/me"))))
)]
#[post("/accounts/confirmations")]
async fn confirm_account(
    secrets: Data<Secrets>,
    journal: Data<Journal>,
    throttle: Throttle,
    body: Json<Confirmation>,
) -> Result<HttpResponse> {
    throttle.code_shown().await?;
    let account = registration::confirm(&journal, &secrets, body.0.code.expose_secret()).await?;
    throttle.code_accepted().await?;
    Ok(HttpResponse::Created().insert_header((header::LOCATION, "/v1/accounts/me")).json(account))
}

/// Takes over an account that was made for you, with the code you were given. Ends all its sessions.
#[utoipa::path(tag = "accounts", responses((status = 200, body = Account)))]
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

/// The account that the access token belongs to.
#[utoipa::path(tag = "accounts", security(("bearer" = [])), responses((status = 200, body = Account)))]
#[get("/accounts/me")]
async fn get_me(member: Member, secrets: Data<Secrets>, pool: Data<Pool>) -> Result<HttpResponse> {
    let row = queries::accounts::by_id(&mut *pool.get().await?, member.0.account_id).await?;
    let account = row.ok_or_else(|| unauthenticated("The account is gone."))?.open(&secrets)?;
    Ok(HttpResponse::Ok().json(account))
}
