//! Who works on what waits, so that two moderators do not read the same.

use crate::{
    comments::{self, Claim},
    config::Settings,
    error::{Error, Result},
    events::Journal,
    http::{actor::Moderator, request::no_content},
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
    cfg.service(claim_comment).service(release_comment);
}

/// Takes a comment out of the queue that others work through, for some minutes (a setting): until then nobody else decides
/// on it.
///
/// Again, it is yours for as long anew. When the time is over, anybody may claim it. 409 names who has it and until when, or
/// the present status of a comment that does not wait.
#[utoipa::path(
    tag = "moderation",
    params(("id" = Uuid, Path, description = "A comment in the queue.")),
    responses((status = 200, description = "It is yours until then.", body = Claim)),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[post("/moderation/comments/{id}/claim")]
pub async fn claim_comment(
    Moderator(actor): Moderator,
    id: Path<Uuid>,
    journal: Data<Journal>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let lease = TimeDelta::from_std(settings.claim_time()).map_err(Error::internal)?;
    let claim = async |tx: &mut crate::events::Tx<'_>| {
        let until = tx.now + lease;
        comments::claim_review(tx, *id, actor.account_id, until).await
    };
    Ok(HttpResponse::Ok().json(journal.write(claim).await?))
}

/// Gives a comment back to the queue that you have claimed. Where you have not, nothing happens.
///
/// 409 names who has it and until when.
#[utoipa::path(
    tag = "moderation",
    params(("id" = Uuid, Path, description = "The comment.")),
    responses((status = 204, description = "Others may claim it.")),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[delete("/moderation/comments/{id}/claim")]
pub async fn release_comment(
    Moderator(actor): Moderator,
    id: Path<Uuid>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    journal.write(async |tx| comments::release_review(tx, *id, actor.account_id).await).await?;
    Ok(no_content())
}
