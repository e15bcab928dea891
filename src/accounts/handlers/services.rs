//! Tokens for programs.

use super::super::{
    queries::services as queries,
    services,
    types::{IssuedServiceToken, ServiceToken, ServiceTokenPage, ServiceTokenRequest, ServiceTokenRow},
};
use crate::{
    config::Settings,
    db::Pool,
    error::{Error, Result},
    events::Journal,
    http::{
        actor::Admin,
        json::Json,
        list::{List, Span},
        query::Query,
        request::no_content,
    },
    secrets::Secrets,
};
use actix_web::{
    HttpResponse, delete, get,
    http::header,
    post,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

const LIST: &str = "service tokens";
const DEFAULT_LIMIT: i64 = 20;

pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(issue_service_token).service(list_service_tokens).service(revoke_service_token);
}

/// Makes a token for a program. It is shown this once.
#[utoipa::path(
    tag = "service tokens",
    security(("bearer" = [])),
    responses((status = 201, body = IssuedServiceToken, headers(("Location" = String, description = "To be revoked there."))))
)]
#[post("/service-tokens")]
async fn issue_service_token(
    Admin(actor): Admin,
    secrets: Data<Secrets>,
    journal: Data<Journal>,
    body: Json<ServiceTokenRequest>,
) -> Result<HttpResponse> {
    let by = Some(actor.account_id);
    let issued = journal.write(async |tx| services::issue(tx, &secrets, by, body.0).await).await?;
    let location = format!("/v1/service-tokens/{}", issued.about.id);
    Ok(HttpResponse::Created().insert_header((header::LOCATION, location)).json(issued))
}

/// The tokens for programs that have not been revoked, the newest first, without their secrets.
#[utoipa::path(
    tag = "service tokens",
    security(("bearer" = [])),
    params(ServiceTokenPage),
    responses((status = 200, body = List<ServiceToken>, headers(("Link" = String, description = "The next and previous pages (RFC 8288)."))))
)]
#[get("/service-tokens")]
async fn list_service_tokens(
    _: Admin,
    settings: Data<Settings>,
    secrets: Data<Secrets>,
    pool: Data<Pool>,
    Query(query): Query<ServiceTokenPage>,
) -> Result<HttpResponse> {
    let span = Span::<Uuid>::read(&secrets, LIST, query.limit, DEFAULT_LIMIT, query.cursor.as_deref())?;
    let rows = queries::page(&mut *pool.get().await?, &span).await?;
    let rows = rows.into_iter().map(ServiceTokenRow::read).collect::<Result<Vec<_>>>()?;
    let address = format!("{}/v1/service-tokens?limit={}", settings.public_url(), span.limit);
    let page = span.page(&secrets, LIST, &address, rows, |token| token.id)?;
    let mut response = HttpResponse::Ok();
    if let Some(link) = page.link() {
        response.insert_header((header::LINK, link));
    }
    Ok(response.json(page))
}

/// Revokes a token, at once.
#[utoipa::path(
    tag = "service tokens",
    security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "from the list")),
    responses((status = 204, description = "It is good no more."))
)]
#[delete("/service-tokens/{id}")]
async fn revoke_service_token(Admin(actor): Admin, journal: Data<Journal>, id: Path<Uuid>) -> Result<HttpResponse> {
    let by = Some(actor.account_id);
    let revoked = journal.write(async |tx| services::revoke(tx, by, *id).await).await?;
    if revoked { Ok(no_content()) } else { Err(Error::not_found()) }
}
