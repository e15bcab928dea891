//! HTTP in, HTTP out. Nothing here is kept in any cache.

use super::types::QueueQuery;
use crate::{
    comments::{self, CommentStatus, ModeratedComment},
    config::Settings,
    db::Pool,
    error::Result,
    events::Journal,
    http::{
        actor::Moderator,
        list::{List, Span},
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

async fn decided(pool: &Pool, id: Uuid) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok().json(comments::see_moderated(&mut *pool.get().await?, id).await?))
}
