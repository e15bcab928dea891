//! Many verdicts at once, taking them back, and what they can be given for.

use super::super::{
    actions, rules,
    types::{Approved, GiveVerdicts, ReasonItem, ReasonList, VerdictResult, VerdictResults},
};
use crate::{
    comments::{self, ModeratedComment},
    db::Pool,
    error::Result,
    events::{Journal, Once, Tx},
    http::{actor::Moderator, idempotency::IdempotencyKey, json::Json},
    screening::Reason,
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(give_verdicts).service(undo_verdict).service(approve_author).service(list_reasons);
}

/// Decides on many comments at once.
///
/// Each is decided on by itself: one that somebody else was faster with, or has claimed, keeps no other waiting. What became
/// of each stands in the answer, in their order.
#[utoipa::path(
    tag = "moderation",
    params(("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 255, description = "Sent twice with it, it happens once.")),
    request_body = GiveVerdicts,
    responses((status = 200, description = "What became of each.", body = VerdictResults)),
    security(("bearer" = [])),
)]
#[post("/moderation/verdicts")]
pub async fn give_verdicts(
    Moderator(actor): Moderator,
    key: IdempotencyKey,
    Json(input): Json<GiveVerdicts>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    let once = Once::new(format!("account:{}", actor.account_id), key.0, "give_verdicts", &input)?;
    let orders = rules::orders(input)?;
    let decide = async |tx: &mut Tx<'_>| {
        let verdicts = comments::decide_each(tx, Some(actor.account_id), &orders).await?;
        let results = orders.iter().zip(verdicts).map(|(order, verdict)| VerdictResult::of(order.comment_id, verdict));
        Ok(VerdictResults { items: results.collect() })
    };
    Ok(HttpResponse::Ok().json(journal.write_once(once, decide).await?.value))
}

/// Takes a verdict back: the comment is what it was, and where it waited it waits again, in its old place.
///
/// 409 when it was undone already, when something else was decided since, when the comment was changed since, or while another
/// has claimed it.
#[utoipa::path(
    tag = "moderation",
    params(("id" = Uuid, Path, description = "The verdict.")),
    responses((status = 200, description = "The comment as it is now.", body = ModeratedComment)),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[post("/moderation/verdicts/{id}/undo")]
pub async fn undo_verdict(
    Moderator(actor): Moderator,
    id: Path<Uuid>,
    journal: Data<Journal>,
    pool: Data<Pool>,
) -> Result<HttpResponse> {
    let comment_id = journal.write(async |tx| comments::undo(tx, actor.account_id, *id).await).await?.comment_id;
    Ok(HttpResponse::Ok().json(comments::see_moderated(&mut *pool.get().await?, comment_id).await?))
}

/// Shows all that waits of one author, 500 comments at once; what others have claimed is left to them.
#[utoipa::path(
    tag = "moderation",
    params(("id" = Uuid, Path, description = "The account, or the guest.")),
    responses((status = 200, description = "What became of each, and how many are left.", body = Approved)),
    security(("bearer" = [])),
)]
#[post("/moderation/authors/{id}/approve")]
pub async fn approve_author(
    Moderator(actor): Moderator,
    id: Path<Uuid>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    let approved = journal.write(async |tx| actions::approve_author(tx, &actor, *id).await).await?;
    Ok(HttpResponse::Ok().json(approved))
}

/// What verdicts can be given for, and what authors are told of each.
#[utoipa::path(
    tag = "moderation",
    responses((status = 200, description = "All reasons.", body = ReasonList)),
    security(("bearer" = [])),
)]
#[get("/moderation/reasons")]
pub async fn list_reasons(_: Moderator) -> Result<HttpResponse> {
    let items = Reason::ALL.into_iter().map(|code| ReasonItem { code, text: code.text() }).collect();
    Ok(HttpResponse::Ok().json(ReasonList { items }))
}
