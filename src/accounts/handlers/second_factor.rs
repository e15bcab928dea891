//! The second factor of one's own account.

use super::super::{
    letters,
    queries::second_factors as queries,
    second_factor,
    types::{OneTimeCode, RecoveryCodes, SecondFactorSecret, SecondFactorStanding},
};
use crate::{
    config::Settings,
    db::Pool,
    error::{Error, Result},
    events::Journal,
    http::{
        actor::{Member, RecentMember},
        json::Json,
        request::no_content,
    },
    mail::Outbox,
    secrets::Secrets,
};
use actix_web::{HttpResponse, delete, get, post, web::Data};
use secrecy::ExposeSecret;
use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(get_second_factor)
        .service(begin_second_factor)
        .service(confirm_second_factor)
        .service(renew_recovery_codes)
        .service(remove_second_factor);
}

/// Whether your account has a second factor, and how many recovery codes are left.
#[utoipa::path(tag = "second factor", security(("bearer" = [])), responses((status = 200, body = SecondFactorStanding)))]
#[get("/accounts/me/second-factor")]
async fn get_second_factor(member: Member, pool: Data<Pool>) -> Result<HttpResponse> {
    let row = queries::standing(&mut *pool.get().await?, member.0.account_id).await?;
    Ok(HttpResponse::Ok().json(second_factor::standing(row)))
}

/// Makes a secret for an authenticator app, within 15 minutes after a log-in. Nothing is asked for until a code of it
/// is confirmed; begun again before that, the earlier secret is forgotten.
#[utoipa::path(
    tag = "second factor",
    security(("bearer" = [])),
    responses((status = 201, body = SecondFactorSecret)),
    extensions(("x-problems" = json!(["recent_log_in_required", "conflict"]))),
)]
#[post("/accounts/me/second-factor")]
async fn begin_second_factor(
    RecentMember(actor): RecentMember,
    settings: Data<Settings>,
    secrets: Data<Secrets>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    let begun =
        journal.write(async |tx| second_factor::begin(tx, &secrets, &actor, &settings.publication_name).await).await?;
    Ok(HttpResponse::Created().json(begun))
}

/// Takes the secret into use, with a code that the app shows. From then on log-ins ask for one. All other sessions end.
#[utoipa::path(
    tag = "second factor",
    security(("bearer" = [])),
    responses((status = 200, body = RecoveryCodes)),
    extensions(("x-problems" = json!(["recent_log_in_required", "bad_code", "conflict"]))),
)]
#[post("/accounts/me/second-factor/confirmations")]
async fn confirm_second_factor(
    RecentMember(actor): RecentMember,
    settings: Data<Settings>,
    secrets: Data<Secrets>,
    outbox: Data<Outbox>,
    journal: Data<Journal>,
    body: Json<OneTimeCode>,
) -> Result<HttpResponse> {
    let code = body.0.code.expose_secret();
    let letter = |to: &str| letters::second_factor_set_up(to, &settings.publication_name);
    let confirm = journal.write(async |tx| {
        let codes = second_factor::confirm(tx, &secrets, &actor, code).await?;
        second_factor::tell(tx, &outbox, &secrets, actor.account_id, letter).await?;
        Ok(codes)
    });
    let codes = confirm.await?;
    outbox.wake();
    Ok(HttpResponse::Ok().json(codes))
}

/// Makes new recovery codes, within 15 minutes after a log-in; those before are good no more.
#[utoipa::path(
    tag = "second factor",
    security(("bearer" = [])),
    responses((status = 200, body = RecoveryCodes)),
    extensions(("x-problems" = json!(["recent_log_in_required", "not_found"]))),
)]
#[post("/accounts/me/second-factor/recovery-codes")]
async fn renew_recovery_codes(
    RecentMember(actor): RecentMember,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    let row = queries::standing(&mut *pool.get().await?, actor.account_id).await?;
    row.and_then(|(confirmed_at, _)| confirmed_at).ok_or_else(Error::not_found)?;
    let id = actor.account_id;
    let codes = journal.write(async |tx| second_factor::renew_recovery_codes(tx, &secrets, id).await).await?;
    Ok(HttpResponse::Ok().json(codes))
}

/// Takes the second factor away, within 15 minutes after a log-in with it. Where your role asks for one, the account
/// acts as a reader's from then on.
#[utoipa::path(
    tag = "second factor",
    security(("bearer" = [])),
    responses((status = 204, description = "It is gone.")),
    extensions(("x-problems" = json!(["recent_log_in_required", "not_found"]))),
)]
#[delete("/accounts/me/second-factor")]
async fn remove_second_factor(
    RecentMember(actor): RecentMember,
    settings: Data<Settings>,
    secrets: Data<Secrets>,
    outbox: Data<Outbox>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    let (id, by) = (actor.account_id, Some(actor.account_id));
    let letter = |to: &str| letters::second_factor_taken_away(to, &settings.publication_name);
    let remove = journal.write(async |tx| {
        if !second_factor::remove(tx, id, by).await? {
            return Err(Error::not_found());
        }
        second_factor::tell(tx, &outbox, &secrets, id, letter).await
    });
    remove.await?;
    outbox.wake();
    Ok(no_content())
}
