//! What waits.

use super::{
    super::{
        actions,
        types::{QueueCounts, QueueItem, QueueQuery},
    },
    DEFAULT_LIMIT, paged,
};
use crate::{
    clock::Clock,
    comments,
    config::Settings,
    db::Pool,
    error::Result,
    http::{
        actor::Moderator,
        list::{List, Span},
        query::Query,
    },
    secrets::Secrets,
};
use actix_web::{HttpResponse, get, web::Data};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_queue).service(count_queue);
}

/// What waits for a moderator: comments that are not shown yet, and those that readers reported.
///
/// Each comes with all that deciding needs: its text, what the checks found, what readers say, how its author's comments
/// were decided on lately, and who works on it.
#[utoipa::path(
    tag = "moderation",
    params(QueueQuery),
    responses((status = 200, description = "A page of the queue.", body = List<QueueItem>)),
    security(("bearer" = [])),
)]
#[get("/moderation/queue")]
pub async fn list_queue(
    Moderator(actor): Moderator,
    Query(query): Query<QueueQuery>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
    clock: Data<Clock>,
) -> Result<HttpResponse> {
    let filter = query.filter();
    // What is mine is another list for everybody.
    let list = format!("queue {} {filter}", actor.account_id);
    let span = Span::read(&secrets, &list, query.limit, DEFAULT_LIMIT, query.cursor.as_deref())?;
    let address = format!("{}/v1/moderation/queue?limit={}&{filter}", settings.public_url(), span.limit);
    let selection = query.selection(actor.account_id, clock.now());
    let items = actions::list_queue(&mut *pool.get().await?, &selection, &span).await?;
    let place = |item: &QueueItem| (item.waiting.priority, item.waiting.queued_at, item.waiting.comment.comment.id);
    Ok(paged(&span.page(&secrets, &list, &address, items, place)?))
}

/// How much waits, and how long the oldest of it.
#[utoipa::path(
    tag = "moderation",
    responses((status = 200, description = "All together, by state and by priority.", body = QueueCounts)),
    security(("bearer" = [])),
)]
#[get("/moderation/queue/counts")]
pub async fn count_queue(_: Moderator, pool: Data<Pool>, clock: Data<Clock>) -> Result<HttpResponse> {
    let counts = comments::count_queue(&mut *pool.get().await?).await?;
    Ok(HttpResponse::Ok().json(QueueCounts::of(&counts, clock.now())))
}
