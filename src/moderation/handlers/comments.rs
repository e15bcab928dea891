//! Looking comments up, and deciding on one.

use super::{
    super::{
        actions, rules,
        types::{GiveVerdict, ModeratedQuery, RevisionPage, VerdictGiven},
    },
    DEFAULT_LIMIT, paged,
};
use crate::{
    comments::{self, CommentHistory, CommentRevision, CommentStatus, Decision, ModeratedComment},
    config::Settings,
    db::Pool,
    error::Result,
    events::Journal,
    http::{
        actor::{Actor, Moderator},
        json::OptionalJson,
        list::{List, Span},
        precondition::IfMatch,
        query::Query,
    },
    secrets::Secrets,
};
use actix_web::{
    HttpResponse, get,
    http::header,
    post,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_moderated)
        .service(approve_comment)
        .service(reject_comment)
        .service(hold_comment)
        .service(list_revisions)
        .service(restore_comment);
}

/// Comments that are not shown, those too that were refused long ago, in the order in which they were written, each with
/// its text. What is to be decided stands in the queue.
#[utoipa::path(
    tag = "moderation",
    params(ModeratedQuery),
    responses((status = 200, description = "A page of them.", body = List<ModeratedComment>)),
    security(("bearer" = [])),
)]
#[get("/moderation/comments")]
pub async fn list_moderated(
    _: Moderator,
    Query(query): Query<ModeratedQuery>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let status = CommentStatus::from(query.status).as_str();
    let list = format!("moderated {status}");
    let span = Span::read(&secrets, &list, query.limit, DEFAULT_LIMIT, query.cursor.as_deref())?;
    let address = format!("{}/v1/moderation/comments?status={status}&limit={}", settings.public_url(), span.limit);
    let rows = comments::list_moderated(&mut *pool.get().await?, query.status.into(), &span).await?;
    Ok(paged(&span.page(&secrets, &list, &address, rows, |row| (row.comment.created_at, row.comment.id))?))
}

/// Shows a comment that waits or was rejected, or says that one may stay that readers reported.
///
/// 409 names its present status when there is nothing to decide, when it is not the `status` that you saw, or when somebody else
/// decided less than a minute ago and you name none; or who has claimed it and until when.
#[utoipa::path(
    tag = "moderation",
    params(("id" = Uuid, Path, description = "The comment.")),
    request_body = Option<GiveVerdict>,
    responses((status = 200, description = "The comment as it is now.", body = VerdictGiven)),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict", "precondition_failed"]))),
)]
#[post("/moderation/comments/{id}/approve")]
pub async fn approve_comment(
    Moderator(actor): Moderator,
    id: Path<Uuid>,
    OptionalJson(input): OptionalJson<GiveVerdict>,
    journal: Data<Journal>,
    pool: Data<Pool>,
) -> Result<HttpResponse> {
    decide(&actor, *id, Decision::Approve, input, &journal, &pool).await
}

/// Hides a comment that waits or is visible. Its text is kept for moderators, and its author is told why.
///
/// 409 names its present status when there is nothing to decide, when it is not the `status` that you saw, or when somebody else
/// decided less than a minute ago and you name none; or who has claimed it and until when. Where
/// visible replies hang on it, a tombstone keeps its place.
#[utoipa::path(
    tag = "moderation",
    params(("id" = Uuid, Path, description = "The comment.")),
    request_body = Option<GiveVerdict>,
    responses((status = 200, description = "The comment as it is now.", body = VerdictGiven)),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict", "precondition_failed"]))),
)]
#[post("/moderation/comments/{id}/reject")]
pub async fn reject_comment(
    Moderator(actor): Moderator,
    id: Path<Uuid>,
    OptionalJson(input): OptionalJson<GiveVerdict>,
    journal: Data<Journal>,
    pool: Data<Pool>,
) -> Result<HttpResponse> {
    decide(&actor, *id, Decision::Reject, input, &journal, &pool).await
}

/// Hides a comment for now, and puts it into the queue, for somebody to look again.
///
/// 409 names its present status when there is nothing to decide, when it is not the `status` that you saw, or when somebody else
/// decided less than a minute ago and you name none; or who has claimed it and until when.
#[utoipa::path(
    tag = "moderation",
    params(("id" = Uuid, Path, description = "The comment.")),
    request_body = Option<GiveVerdict>,
    responses((status = 200, description = "The comment as it is now.", body = VerdictGiven)),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict", "precondition_failed"]))),
)]
#[post("/moderation/comments/{id}/hold")]
pub async fn hold_comment(
    Moderator(actor): Moderator,
    id: Path<Uuid>,
    OptionalJson(input): OptionalJson<GiveVerdict>,
    journal: Data<Journal>,
    pool: Data<Pool>,
) -> Result<HttpResponse> {
    decide(&actor, *id, Decision::Hold, input, &journal, &pool).await
}

/// What a comment said before its author changed it, or a moderator deleted it; the oldest first.
///
/// What its author deleted is not there any more. `revision` is what restoring takes as `If-Match`.
#[utoipa::path(
    tag = "moderation",
    params(("id" = Uuid, Path, description = "The comment."), RevisionPage),
    responses((status = 200, description = "A page of its earlier texts.", body = CommentHistory)),
    security(("bearer" = [])),
)]
#[get("/moderation/comments/{id}/revisions")]
pub async fn list_revisions(
    _: Moderator,
    id: Path<Uuid>,
    Query(query): Query<RevisionPage>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let list = format!("revisions {id}");
    let span = Span::read(&secrets, &list, query.limit, DEFAULT_LIMIT, query.cursor.as_deref())?;
    let address = format!("{}/v1/moderation/comments/{id}/revisions?limit={}", settings.public_url(), span.limit);
    let page = |rows| span.page(&secrets, &list, &address, rows, |row: &CommentRevision| row.revision);
    let history = comments::list_revisions(&mut *pool.get().await?, *id, &span, page).await?;
    let mut response = HttpResponse::Ok();
    if let Some(link) = history.list.link() {
        response.insert_header((header::LINK, link));
    }
    Ok(response.json(history))
}

/// Shows a comment again that a moderator deleted, with the text that it had last.
///
/// 409 when it is not deleted, when its author deleted it, and 30 days after a moderator did.
#[utoipa::path(
    tag = "moderation",
    params(
        ("id" = Uuid, Path, description = "The comment."),
        ("If-Match" = String, Header, description = "The revision that its history names, in quotes."),
    ),
    responses((status = 200, description = "The comment as it is now.", body = ModeratedComment)),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[post("/moderation/comments/{id}/restore")]
pub async fn restore_comment(
    Moderator(actor): Moderator,
    id: Path<Uuid>,
    revision: IfMatch,
    journal: Data<Journal>,
    pool: Data<Pool>,
) -> Result<HttpResponse> {
    journal.write(async |tx| comments::restore(tx, *id, &actor, &revision).await).await?;
    Ok(HttpResponse::Ok().json(comments::see_moderated(&mut *pool.get().await?, *id).await?))
}

async fn decide(
    by: &Actor,
    id: Uuid,
    decision: Decision,
    input: GiveVerdict,
    journal: &Journal,
    pool: &Pool,
) -> Result<HttpResponse> {
    let order = rules::order(id, decision, input)?;
    let verdict_id = journal.write(async |tx| actions::decide(tx, by, order).await).await?.verdict_id;
    let comment = comments::see_moderated(&mut *pool.get().await?, id).await?;
    Ok(HttpResponse::Ok().json(VerdictGiven { comment, verdict_id }))
}
