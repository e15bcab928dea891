//! Logging in, staying in, logging out.

use super::{
    super::{
        issuers::Issuers,
        log_in::{Means, with_password},
        passwords::Hasher,
        queries, sessions,
        tokens::Tokens,
        types::{Carrier, LogIn, Refresh, Session, SessionPage, SignedIn},
    },
    cookie,
};
use crate::{
    clock::Clock,
    config::Settings,
    db::Pool,
    error::{Code, Error, Field, Result},
    events::Journal,
    http::{
        actor::{Credentials, Member, unauthenticated},
        json::Json,
        list::{List, Span},
        query::Query,
        rate_limit,
        request::no_content,
    },
    mail::Outbox,
    secrets::Secrets,
    throttle::Throttle,
};
use actix_web::{
    HttpRequest, HttpResponse, delete, get,
    http::header,
    post,
    web::{Data, Path},
};
use secrecy::ExposeSecret;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

const DEFAULT_LIMIT: i64 = 20;

pub fn routes(cfg: &mut ServiceConfig<'_>) {
    // `current` before `{session_id}`, which would take it for an id.
    cfg.service(log_in).service(refresh_session).service(log_out).service(list_sessions);
    cfg.service(end_all_sessions).service(end_session);
}

/// Begins a session.
#[utoipa::path(
    tag = "sessions",
    responses((status = 201, body = Session, headers(
        ("Location" = String, description = "The session, to be ended there."),
        ("Set-Cookie" = String, description = "The refresh token, where a cookie is to carry it."),
    ))),
    extensions(("x-problems" = json!([
        "bad_credentials", "one_time_code_required", "banned", "too_many_requests"
    ]))),
)]
#[post("/sessions")]
#[expect(clippy::too_many_arguments, reason = "each is what actix hands to a handler")]
async fn log_in(
    throttle: Throttle,
    settings: Data<Settings>,
    secrets: Data<Secrets>,
    tokens: Data<Tokens>,
    hasher: Data<Hasher>,
    outbox: Data<Outbox>,
    pool: Data<Pool>,
    journal: Data<Journal>,
    body: Json<LogIn>,
) -> Result<HttpResponse> {
    let means = Means {
        pool: &pool,
        journal: &journal,
        throttle: &throttle,
        hasher: &hasher,
        tokens: &tokens,
        outbox: &outbox,
        secrets: &secrets,
        settings: &settings,
    };
    let carrier = body.0.refresh_token_in;
    let (session, quota) = with_password(&means, body.0).await?;
    outbox.wake();
    let mut response = HttpResponse::Created();
    response.insert_header((header::LOCATION, format!("/v1/sessions/{}", session.id)));
    response.insert_header(rate_limit::policy(&quota));
    Ok(hand_over(response, &settings, session, carrier))
}

/// Gives a session to the client, its refresh token in the body or in a cookie.
fn hand_over(
    mut response: actix_web::HttpResponseBuilder,
    settings: &Settings,
    mut session: Session,
    carrier: Carrier,
) -> HttpResponse {
    if let Some(token) = session.refresh_token.take_if(|_| carrier == Carrier::Cookie) {
        response.cookie(cookie::keep(settings, token));
    }
    response.json(session)
}

/// Keeps a session going: gives new tokens for the refresh token, which is good once. Used again, it ends the
/// session; only within ten seconds, and while its successor is unused, it gives that same successor again.
#[utoipa::path(
    tag = "sessions",
    responses((status = 200, body = Session)),
    extensions(("x-problems" = json!(["bad_refresh_token", "banned", "forbidden"]))),
)]
#[post("/sessions/refresh")]
async fn refresh_session(
    request: HttpRequest,
    settings: Data<Settings>,
    tokens: Data<Tokens>,
    journal: Data<Journal>,
    body: Json<Refresh>,
) -> Result<HttpResponse> {
    let (shown, carrier) = match body.0.refresh_token {
        Some(token) => (Some(token), Carrier::Body),
        None => (cookie::read(&request, &settings)?, Carrier::Cookie),
    };
    let missing = || Field::body("/refresh_token", "required", "is missing, and there is no cookie");
    let shown = shown.ok_or_else(|| Error::new(Code::BadRequest, "There is no refresh token.").at(missing()))?;
    let session = sessions::refresh(&journal, &tokens, shown.expose_secret()).await?;
    Ok(hand_over(HttpResponse::Ok(), &settings, session, carrier))
}

/// Ends the session that the access token belongs to, at once. Doing it twice does no harm. Where the token is of
/// another issuer, none that it made until now is good here any more; the session over there is not ours to end.
#[utoipa::path(tag = "sessions", security(("bearer" = [])), responses((status = 204, description = "It has ended.")))]
#[delete("/sessions/current")]
async fn log_out(
    request: HttpRequest,
    settings: Data<Settings>,
    tokens: Data<Tokens>,
    issuers: Data<Issuers>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    let Some(Credentials::Bearer(token)) = Credentials::of(&request)? else {
        return Err(unauthenticated("Sign in first."));
    };
    if issuers.claims_to(&token) {
        issuers.log_out(&journal, &token).await?;
        return Ok(no_content());
    }
    let claims = tokens.verify(&token)?;
    journal.write(async |tx| sessions::end(tx, claims.sub, claims.sid, "logout").await).await?;
    let mut response = no_content();
    // A cookie that is too long for a header cannot be made of what we wrote.
    let _ = response.add_cookie(&cookie::forget(&settings));
    Ok(response)
}

/// Your sessions that are alive, the newest first.
#[utoipa::path(
    tag = "sessions",
    security(("bearer" = [])),
    params(SessionPage),
    responses((status = 200, body = List<SignedIn>, headers(("Link" = String, description = "The next and previous pages (RFC 8288)."))))
)]
#[get("/sessions")]
async fn list_sessions(
    member: Member,
    settings: Data<Settings>,
    secrets: Data<Secrets>,
    clock: Data<Clock>,
    pool: Data<Pool>,
    Query(query): Query<SessionPage>,
) -> Result<HttpResponse> {
    let actor = member.0;
    // The actor is part of the list's name: a cursor is of no use to anybody else.
    let list = format!("sessions of {}", actor.account_id);
    let span = Span::<Uuid>::read(&secrets, &list, query.limit, DEFAULT_LIMIT, query.cursor.as_deref())?;
    let (from, direction, limit) = (span.from, span.direction, span.limit);
    let mut conn = pool.get().await?;
    let rows = queries::sessions::page(&mut conn, actor.account_id, from, direction, limit + 1, clock.now()).await?;
    let rows: Vec<SignedIn> = rows.into_iter().map(|row| row.seen_from(actor.session_id)).collect();
    let address = format!("{}/v1/sessions?limit={limit}", settings.public_url());
    let page = span.page(&secrets, &list, &address, rows, |session| session.id)?;
    let mut response = HttpResponse::Ok();
    if let Some(link) = page.link() {
        response.insert_header((header::LINK, link));
    }
    Ok(response.json(page))
}

/// Ends all your sessions, this one too, at once.
#[utoipa::path(tag = "sessions", security(("bearer" = [])), responses((status = 204, description = "They have ended.")))]
#[delete("/sessions")]
async fn end_all_sessions(member: Member, settings: Data<Settings>, journal: Data<Journal>) -> Result<HttpResponse> {
    let account_id = member.0.account_id;
    journal.write(async |tx| sessions::end_all(tx, account_id, None, "logout").await).await?;
    let mut response = no_content();
    let _ = response.add_cookie(&cookie::forget(&settings));
    Ok(response)
}

/// Ends one of your sessions, at once.
#[utoipa::path(
    tag = "sessions",
    security(("bearer" = [])),
    params(("session_id" = Uuid, Path, description = "from the list")),
    responses((status = 204, description = "It has ended."))
)]
#[delete("/sessions/{session_id}")]
async fn end_session(member: Member, journal: Data<Journal>, session_id: Path<Uuid>) -> Result<HttpResponse> {
    let (account_id, session_id) = (member.0.account_id, session_id.into_inner());
    let ended = journal.write(async |tx| sessions::end(tx, account_id, session_id, "logout").await).await?;
    if ended { Ok(no_content()) } else { Err(Error::not_found()) }
}
