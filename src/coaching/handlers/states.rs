//! What becomes of a question that no answer in the thread settles.

use super::super::{
    actions,
    types::{DeskItem, SnoozeQuestion},
};
use crate::{
    error::Result,
    events::Journal,
    http::{actor::Coach, json::Json},
};
use actix_web::{
    HttpResponse, post,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(dismiss_question).service(snooze_question).service(answer_elsewhere).service(reopen_question);
}

/// Says that a question needs no answer. 409 names who is at it, or how it stands.
#[utoipa::path(
    tag = "coaching",
    params(("id" = Uuid, Path, description = "The comment that asks.")),
    responses((status = 200, description = "The question as it is now.", body = DeskItem)),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[post("/desk/{id}/dismiss")]
pub async fn dismiss_question(Coach(actor): Coach, id: Path<Uuid>, journal: Data<Journal>) -> Result<HttpResponse> {
    let item = journal.write(async |tx| actions::dismiss(tx, &actor, *id).await).await?;
    Ok(HttpResponse::Ok().json(item))
}

/// Puts a question off: it waits again by itself at the time that is given. 409 names who is at it, or how it stands.
#[utoipa::path(
    tag = "coaching",
    params(("id" = Uuid, Path, description = "The comment that asks.")),
    request_body = SnoozeQuestion,
    responses((status = 200, description = "The question as it is now.", body = DeskItem)),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[post("/desk/{id}/snooze")]
pub async fn snooze_question(
    Coach(actor): Coach,
    id: Path<Uuid>,
    Json(SnoozeQuestion { until }): Json<SnoozeQuestion>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    let item = journal.write(async |tx| actions::snooze(tx, &actor, *id, until).await).await?;
    Ok(HttpResponse::Ok().json(item))
}

/// Says that a question was answered where the thread does not show it. 409 names who is at it, or how it stands.
#[utoipa::path(
    tag = "coaching",
    params(("id" = Uuid, Path, description = "The comment that asks.")),
    responses((status = 200, description = "The question as it is now.", body = DeskItem)),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[post("/desk/{id}/answered-elsewhere")]
pub async fn answer_elsewhere(Coach(actor): Coach, id: Path<Uuid>, journal: Data<Journal>) -> Result<HttpResponse> {
    let item = journal.write(async |tx| actions::answer_elsewhere(tx, &actor, *id).await).await?;
    Ok(HttpResponse::Ok().json(item))
}

/// Has a question wait again that was answered, put off, dismissed or answered elsewhere. Answers from before do not count any
/// more. 409 names how it stands.
#[utoipa::path(
    tag = "coaching",
    params(("id" = Uuid, Path, description = "The comment that asks.")),
    responses((status = 200, description = "The question as it is now.", body = DeskItem)),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[post("/desk/{id}/reopen")]
pub async fn reopen_question(Coach(actor): Coach, id: Path<Uuid>, journal: Data<Journal>) -> Result<HttpResponse> {
    let item = journal.write(async |tx| actions::reopen(tx, &actor, *id).await).await?;
    Ok(HttpResponse::Ok().json(item))
}
