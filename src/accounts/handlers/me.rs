//! One's own account.

use super::super::{
    changes::{email, password, profile},
    passwords::Hasher,
    queries,
    types::{Accepted, Account, ChangeEmail, ChangePassword, EditMe, EmailConfirmation, NextStep},
};
use crate::{
    config::Settings,
    db::Pool,
    error::Result,
    events::Journal,
    http::{
        actor::{Member, unauthenticated},
        json::Json,
        precondition::IfMatch,
        request::no_content,
    },
    mail::Outbox,
    secrets::Secrets,
    throttle::Throttle,
};
use actix_web::{
    HttpResponse, get,
    http::header::{self, HeaderName},
    patch, post, put,
    web::Data,
};
use secrecy::ExposeSecret;
use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(get_me).service(edit_me).service(change_email).service(confirm_email).service(change_password);
}

/// The account that the access token belongs to.
#[utoipa::path(
    tag = "accounts",
    security(("bearer" = [])),
    responses((status = 200, body = Account,
        headers(("ETag" = String, description = "Its revision, for `If-Match`."))))
)]
#[get("/accounts/me")]
async fn get_me(member: Member, secrets: Data<Secrets>, pool: Data<Pool>) -> Result<HttpResponse> {
    let row = queries::accounts::by_id(&mut *pool.get().await?, member.0.account_id).await?;
    let account = row.ok_or_else(|| unauthenticated("The account is gone."))?.open(&secrets)?;
    Ok(HttpResponse::Ok().insert_header(etag(&account)).json(account))
}

/// Changes what is named of one's own profile and leaves the rest. A new name stands at once beside all that was written.
#[utoipa::path(
    tag = "accounts",
    params(("If-Match" = String, Header, description = "The revision that was read, in quotes.")),
    request_body = EditMe,
    security(("bearer" = [])),
    responses((status = 200, description = "The account as it is now.", body = Account,
        headers(("ETag" = String, description = "Its revision, for `If-Match`."))))
)]
#[patch("/accounts/me")]
async fn edit_me(
    member: Member,
    if_match: IfMatch,
    secrets: Data<Secrets>,
    journal: Data<Journal>,
    body: Json<EditMe>,
) -> Result<HttpResponse> {
    let account = profile::edit(&journal, &secrets, member.0.account_id, &if_match, body.0).await?;
    Ok(HttpResponse::Ok().insert_header(etag(&account)).json(account))
}

/// Asks for another address. Always 202 when the password is right: a code goes to the new address, or word that it has an
/// account already, and a notice to the present one.
///
/// Asks for the password, however recent the log-in was: the address is the way back into the account.
#[utoipa::path(
    tag = "accounts",
    request_body = ChangeEmail,
    security(("bearer" = [])),
    responses((status = 202, body = Accepted)),
    extensions(("x-problems" = json!(["conflict", "too_many_requests"]))),
)]
#[post("/accounts/me/email")]
#[expect(clippy::too_many_arguments, reason = "each is one thing that the server holds, found by its type")]
async fn change_email(
    member: Member,
    settings: Data<Settings>,
    secrets: Data<Secrets>,
    hasher: Data<Hasher>,
    outbox: Data<Outbox>,
    journal: Data<Journal>,
    throttle: Throttle,
    body: Json<ChangeEmail>,
) -> Result<HttpResponse> {
    let account_id = member.0.account_id;
    throttle.log_in(account_id.as_bytes(), false).await?;
    email::request(&journal, &hasher, &outbox, &secrets, &settings, account_id, body.0).await?;
    throttle.logged_in(account_id.as_bytes(), false).await?;
    Ok(HttpResponse::Accepted().json(Accepted { status: NextStep::CheckYourMail }))
}

/// Takes the new address into use, by the code that went there. Both addresses are told.
#[utoipa::path(
    tag = "accounts",
    request_body = EmailConfirmation,
    security(("bearer" = [])),
    responses((status = 200, description = "The account as it is now.", body = Account,
        headers(("ETag" = String, description = "Its revision, for `If-Match`.")))),
    extensions(("x-problems" = json!(["bad_code", "conflict", "too_many_requests"]))),
)]
#[post("/accounts/me/email/confirmations")]
async fn confirm_email(
    member: Member,
    settings: Data<Settings>,
    secrets: Data<Secrets>,
    outbox: Data<Outbox>,
    journal: Data<Journal>,
    throttle: Throttle,
    body: Json<EmailConfirmation>,
) -> Result<HttpResponse> {
    throttle.code_shown().await?;
    let (account_id, code) = (member.0.account_id, body.0.code);
    let account = email::confirm(&journal, &outbox, &secrets, &settings, account_id, code.expose_secret()).await?;
    throttle.code_accepted().await?;
    Ok(HttpResponse::Ok().insert_header(etag(&account)).json(account))
}

/// Changes the password. Ends all other sessions at once; this one goes on.
#[utoipa::path(
    tag = "accounts",
    request_body = ChangePassword,
    security(("bearer" = [])),
    responses((status = 204, description = "It is the new one from now on.")),
    extensions(("x-problems" = json!(["conflict", "too_many_requests"]))),
)]
#[put("/accounts/me/password")]
#[expect(clippy::too_many_arguments, reason = "each is one thing that the server holds, found by its type")]
async fn change_password(
    member: Member,
    settings: Data<Settings>,
    secrets: Data<Secrets>,
    hasher: Data<Hasher>,
    outbox: Data<Outbox>,
    journal: Data<Journal>,
    throttle: Throttle,
    body: Json<ChangePassword>,
) -> Result<HttpResponse> {
    // Whoever has stolen a session guesses here what would be guessed at a log-in.
    let account = member.0.account_id;
    throttle.log_in(account.as_bytes(), false).await?;
    password::change(&journal, &hasher, &outbox, &secrets, &settings, &member.0, body.0).await?;
    throttle.logged_in(account.as_bytes(), false).await?;
    Ok(no_content())
}

/// The revision, as `If-Match` takes it.
fn etag(account: &Account) -> (HeaderName, String) {
    (header::ETAG, format!("\"{}\"", account.revision))
}
