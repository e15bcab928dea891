//! What admins see of accounts, and do to them.

use super::super::{
    staff,
    types::{AccountPage, Person, RoleRequest},
};
use crate::{
    config::Settings,
    error::Result,
    events::Journal,
    http::{
        actor::Admin,
        json::Json,
        list::{List, Span},
        permission::Role,
        query::Query,
    },
    secrets::Secrets,
};
use actix_web::{
    HttpResponse, get,
    http::header,
    put,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

const DEFAULT_LIMIT: i64 = 20;

pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_accounts).service(set_role);
}

/// All accounts, the newest first, without their addresses. Reading them is noted in the audit.
#[utoipa::path(
    tag = "accounts",
    security(("bearer" = [])),
    params(AccountPage),
    responses((status = 200, body = List<Person>, headers(("Link" = String, description = "The next and previous pages (RFC 8288)."))))
)]
#[get("/accounts")]
async fn list_accounts(
    Admin(actor): Admin,
    settings: Data<Settings>,
    secrets: Data<Secrets>,
    journal: Data<Journal>,
    Query(query): Query<AccountPage>,
) -> Result<HttpResponse> {
    let role = query.role.map(Role::as_str);
    let filter = role.map(|role| format!("&role={role}")).unwrap_or_default();
    let list = format!("accounts{filter}");
    let span = Span::<Uuid>::read(&secrets, &list, query.limit, DEFAULT_LIMIT, query.cursor.as_deref())?;
    let rows = journal.write(async |tx| staff::list(tx, &actor, role, &span).await).await?;
    let address = format!("{}/v1/accounts?limit={}{filter}", settings.public_url(), span.limit);
    let page = span.page(&secrets, &list, &address, rows, |person| person.id)?;
    let mut response = HttpResponse::Ok();
    if let Some(link) = page.link() {
        response.insert_header((header::LINK, link));
    }
    Ok(response.json(page))
}

/// Gives an account another role, which acts from its next request on. The last admin stays one.
#[utoipa::path(
    tag = "accounts",
    security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The account.")),
    responses((status = 200, body = Person)),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[put("/accounts/{id}/role")]
async fn set_role(
    Admin(actor): Admin,
    journal: Data<Journal>,
    id: Path<Uuid>,
    body: Json<RoleRequest>,
) -> Result<HttpResponse> {
    let person = journal.write(async |tx| staff::set_role(tx, &actor, *id, body.0.role).await).await?;
    Ok(HttpResponse::Ok().json(person))
}
