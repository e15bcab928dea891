//! Reading the audit.

use super::{
    record::read,
    types::{Record, RecordPage, Wanted},
};
use crate::{
    config::Settings,
    error::{Code, Error, Field, Result},
    events::Journal,
    http::{
        actor::Admin,
        list::{List, Span},
        query::Query,
    },
    secrets::Secrets,
};
use actix_web::{HttpResponse, get, http::header, web::Data};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

const DEFAULT_LIMIT: i64 = 50;

/// The operations under `/v1`.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_audit);
}

/// What was done that a security review would ask about, the newest first. Reading it is noted, too.
#[utoipa::path(
    tag = "audit",
    security(("bearer" = [])),
    params(RecordPage),
    responses((status = 200, body = List<Record>, headers(("Link" = String, description = "The next and previous pages (RFC 8288)."))))
)]
#[get("/audit")]
async fn list_audit(
    Admin(actor): Admin,
    settings: Data<Settings>,
    secrets: Data<Secrets>,
    journal: Data<Journal>,
    Query(query): Query<RecordPage>,
) -> Result<HttpResponse> {
    let RecordPage { actor_id, subject_id, kind, limit, cursor } = query;
    check(kind.as_deref())?;
    let mut filter = form_urlencoded::Serializer::new(String::new());
    let ids = [("actor_id", actor_id), ("subject_id", subject_id)];
    filter.extend_pairs(ids.into_iter().filter_map(|(name, id)| Some((name, id?.to_string()))));
    filter.extend_pairs(kind.iter().map(|kind| ("kind", kind)));
    let filter = filter.finish();
    let list = format!("audit {filter}");
    let span = Span::<Uuid>::read(&secrets, &list, limit, DEFAULT_LIMIT, cursor.as_deref())?;
    let wanted = Wanted { actor_id, subject_id, kind: kind.as_deref(), span: &span };
    let rows = journal.write(async |tx| read(tx, actor.account_id, &wanted).await).await?;
    let address = format!("{}/v1/audit?limit={}&{filter}", settings.public_url(), span.limit);
    let page = span.page(&secrets, &list, address.trim_end_matches('&'), rows, |record| record.id)?;
    let mut response = HttpResponse::Ok();
    if let Some(link) = page.link() {
        response.insert_header((header::LINK, link));
    }
    Ok(response.json(page))
}

/// Postgres has no text with a NUL in it, not even to look for.
fn check(kind: Option<&str>) -> Result<()> {
    if kind.is_some_and(|kind| kind.contains('\0')) {
        let field = Field::parameter("kind", "malformed", "must not hold a NUL");
        return Err(Error::new(Code::BadRequest, "A query parameter is not acceptable.").at(field));
    }
    Ok(())
}
