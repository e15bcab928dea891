//! Who is at a question, so that two coaches do not answer the same.

use super::super::{
    actions,
    types::{ClaimQuestion, DeskItem},
};
use crate::{
    config::Settings,
    error::{Error, Result},
    events::Journal,
    http::{actor::Coach, json::Json, request::no_content},
};
use actix_web::{
    HttpResponse, delete, post,
    web::{Data, Path},
};
use chrono::TimeDelta;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(claim_question).service(release_question);
}

/// Takes a question off the desk that others work through, for some minutes (a setting): until then it is yours.
///
/// Again, it is yours for as long anew. When the time is over, it waits for everybody. 409 names who has it and until when;
/// `take_over` takes it from them, which is noted in the audit. What is put off is taken up again by claiming it.
#[utoipa::path(
    tag = "coaching",
    params(("id" = Uuid, Path, description = "The comment that asks.")),
    request_body = ClaimQuestion,
    responses((status = 200, description = "It is yours until then.", body = DeskItem)),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[post("/desk/{id}/claim")]
pub async fn claim_question(
    Coach(actor): Coach,
    id: Path<Uuid>,
    Json(how): Json<ClaimQuestion>,
    journal: Data<Journal>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let lease = TimeDelta::from_std(settings.claim_time()).map_err(Error::internal)?;
    let claim = async |tx: &mut crate::events::Tx<'_>| actions::claim(tx, &actor, *id, lease, how.take_over).await;
    Ok(HttpResponse::Ok().json(journal.write(claim).await?))
}

/// Gives a question back that you have claimed. Where nobody has, nothing happens.
///
/// 409 names who has it and until when.
#[utoipa::path(
    tag = "coaching",
    params(("id" = Uuid, Path, description = "The comment that asks.")),
    responses((status = 204, description = "It waits for everybody.")),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[delete("/desk/{id}/claim")]
pub async fn release_question(Coach(actor): Coach, id: Path<Uuid>, journal: Data<Journal>) -> Result<HttpResponse> {
    journal.write(async |tx| actions::release(tx, &actor, *id).await).await?;
    Ok(no_content())
}
