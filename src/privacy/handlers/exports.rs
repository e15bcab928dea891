//! What is kept of you, to take away.

use super::super::{
    clerk::{self, Bell},
    queries,
    types::{Export, Form},
};
use crate::{
    clock::Clock,
    config::Settings,
    db::Pool,
    error::{Error, Result},
    events::Journal,
    http::actor::{Member, RecentMember},
    secrets::Secrets,
};
use actix_web::{
    HttpResponse, get,
    http::header,
    post,
    web::{Data, Path},
};
use uuid::Uuid;

/// Asks for everything that is kept of you. It is prepared in the background; a mail tells when it is ready.
///
/// One at a time, and three a day. Log in within 15 minutes before.
#[utoipa::path(
    tag = "privacy",
    responses((status = 202, description = "It is being prepared.", body = Export,
        headers(("Location" = String, description = "Where to look how far it is.")))),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["recent_log_in_required", "too_many_requests"]))),
)]
#[post("/accounts/me/exports")]
pub async fn request_export(
    RecentMember(actor): RecentMember,
    journal: Data<Journal>,
    bell: Data<Bell>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let export = clerk::request(&journal, &bell, actor.account_id).await?;
    let location = format!("/v1/accounts/me/exports/{}", export.id);
    let export = export.shown(&settings.public_url());
    Ok(HttpResponse::Accepted().insert_header((header::LOCATION, location)).json(export))
}

/// How far an export is, and where it can be fetched.
#[utoipa::path(
    tag = "privacy",
    params(("id" = Uuid, Path, description = "The export.")),
    responses((status = 200, description = "How far it is.", body = Export)),
    security(("bearer" = [])),
)]
#[get("/accounts/me/exports/{id}")]
pub async fn get_export(
    Member(actor): Member,
    id: Path<Uuid>,
    pool: Data<Pool>,
    clock: Data<Clock>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let row = queries::find(&mut *pool.get().await?, *id, actor.account_id, clock.now()).await?;
    let export = row.ok_or_else(Error::not_found)?.shown(&settings.public_url());
    Ok(HttpResponse::Ok().insert_header(PRIVATE).json(export))
}

/// Everything that is kept of you, as one JSON document. 409 while it is being prepared.
#[utoipa::path(
    tag = "privacy",
    params(("id" = Uuid, Path, description = "The export.")),
    responses((status = 200, description = "The document.", body = Object, content_type = "application/json")),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[get("/accounts/me/exports/{id}/document")]
pub async fn get_export_document(
    Member(actor): Member,
    id: Path<Uuid>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    clock: Data<Clock>,
) -> Result<HttpResponse> {
    let content = clerk::read(&pool, &secrets, clock.now(), actor.account_id, *id, Form::Document).await?;
    Ok(attachment("application/json", "export.json", content.to_vec()))
}

/// The same as a ZIP file, with each comment as a Markdown file beside it. 409 while it is being prepared.
#[utoipa::path(
    tag = "privacy",
    params(("id" = Uuid, Path, description = "The export.")),
    responses((status = 200, description = "The archive.", body = Vec<u8>, content_type = "application/zip")),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[get("/accounts/me/exports/{id}/archive")]
pub async fn get_export_archive(
    Member(actor): Member,
    id: Path<Uuid>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    clock: Data<Clock>,
) -> Result<HttpResponse> {
    let content = clerk::read(&pool, &secrets, clock.now(), actor.account_id, *id, Form::Archive).await?;
    Ok(attachment("application/zip", "export.zip", content.to_vec()))
}

/// For the one who asks, and for nobody's memory.
const PRIVATE: (header::HeaderName, &str) = (header::CACHE_CONTROL, "private, no-store");

fn attachment(media_type: &str, name: &str, content: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(media_type)
        .insert_header(PRIVATE)
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .body(content)
}
