//! HTTP in, HTTP out. Nothing here is kept in any cache.

use super::types::{QueueQuery, RevisionPage};
use crate::{
    comments::{self, CommentHistory, CommentRevision, CommentStatus, ModeratedComment},
    config::Settings,
    db::Pool,
    error::Result,
    events::Journal,
    http::{
        actor::Moderator,
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
use uuid::Uuid;

/// Comments on a page, unless the client says otherwise.
const DEFAULT_LIMIT: i64 = 20;

/// Comments that wait for a moderator, or were rejected; oldest first, each with its text.
#[utoipa::path(
    tag = "moderation",
    params(QueueQuery),
    responses((status = 200, description = "A page of them.", body = List<ModeratedComment>)),
    security(("bearer" = [])),
)]
#[get("/moderation/comments")]
pub async fn list_queue(
    _: Moderator,
    Query(query): Query<QueueQuery>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let status = CommentStatus::from(query.status).as_str();
    let list = format!("queue {status}");
    let span = Span::read(&secrets, &list, query.limit, DEFAULT_LIMIT, query.cursor.as_deref())?;
    let address = format!("{}/v1/moderation/comments?status={status}&limit={}", settings.public_url(), span.limit);
    let rows = comments::list_moderated(&mut *pool.get().await?, query.status.into(), &span).await?;
    let page = span.page(&secrets, &list, &address, rows, |row| (row.comment.created_at, row.comment.id))?;
    let mut response = HttpResponse::Ok();
    if let Some(link) = page.link() {
        response.insert_header((header::LINK, link));
    }
    Ok(response.json(page))
}

/// Shows a comment that waits or was rejected.
///
/// 409 names its present status when there is nothing to decide: another moderator was faster.
#[utoipa::path(
    tag = "moderation",
    params(("id" = Uuid, Path, description = "The comment.")),
    responses((status = 200, description = "The comment as it is now.", body = ModeratedComment)),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[post("/moderation/comments/{id}/approve")]
pub async fn approve_comment(
    Moderator(actor): Moderator,
    id: Path<Uuid>,
    journal: Data<Journal>,
    pool: Data<Pool>,
) -> Result<HttpResponse> {
    journal.write(async |tx| comments::approve(tx, *id, &actor).await).await?;
    decided(&pool, *id).await
}

/// Hides a comment that waits or is visible. Its text is kept for moderators.
///
/// 409 names its present status when there is nothing to decide. Where visible replies hang on it, a tombstone keeps
/// its place.
#[utoipa::path(
    tag = "moderation",
    params(("id" = Uuid, Path, description = "The comment.")),
    responses((status = 200, description = "The comment as it is now.", body = ModeratedComment)),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[post("/moderation/comments/{id}/reject")]
pub async fn reject_comment(
    Moderator(actor): Moderator,
    id: Path<Uuid>,
    journal: Data<Journal>,
    pool: Data<Pool>,
) -> Result<HttpResponse> {
    journal.write(async |tx| comments::reject(tx, *id, &actor).await).await?;
    decided(&pool, *id).await
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
    decided(&pool, *id).await
}

async fn decided(pool: &Pool, id: Uuid) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok().json(comments::see_moderated(&mut *pool.get().await?, id).await?))
}
