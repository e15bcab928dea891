//! What was decided, by whom and why.

use super::{
    super::{
        actions,
        types::{Happened, LogEntry, LogQuery},
    },
    DEFAULT_LIMIT, paged,
};
use crate::{
    config::Settings,
    db::Pool,
    error::Result,
    http::{
        actor::{Curator, Moderator},
        list::{List, Span},
        query::{Query, check_times},
    },
    secrets::Secrets,
};
use actix_web::{
    HttpResponse, get,
    web::{Data, Path},
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_log).service(get_history);
}

/// All that happened to a comment.
#[derive(Debug, Serialize, ToSchema)]
struct History {
    /// The oldest first.
    items: Vec<Happened>,
}

/// All verdicts, the newest first, those too that a check gave.
///
/// Coaches do not see what authors were told, and only admins see who had reported a comment.
#[utoipa::path(
    tag = "moderation",
    params(LogQuery),
    responses((status = 200, description = "A page of the log.", body = List<LogEntry>)),
    security(("bearer" = [])),
)]
#[get("/moderation/log")]
pub async fn list_log(
    Curator(actor): Curator,
    Query(query): Query<LogQuery>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    check_times([("from", query.from), ("until", query.until)])?;
    let filter = query.filter();
    let list = format!("log{filter}");
    let span = Span::read(&secrets, &list, query.limit, DEFAULT_LIMIT, query.cursor.as_deref())?;
    let address = format!("{}/v1/moderation/log?limit={}{filter}", settings.public_url(), span.limit);
    let entries = actions::list_log(&mut *pool.get().await?, &actor, &query.selection(), &span).await?;
    Ok(paged(&span.page(&secrets, &list, &address, entries, |entry| (entry.verdict.at, entry.verdict.id))?))
}

/// What happened to a comment since it was posted: what the checks found, when it was edited, how often it was reported,
/// and what was decided; the last 200 of each.
#[utoipa::path(
    tag = "moderation",
    params(("id" = Uuid, Path, description = "The comment.")),
    responses((status = 200, description = "All of it, the oldest first.", body = History)),
    security(("bearer" = [])),
)]
#[get("/moderation/comments/{id}/history")]
pub async fn get_history(_: Moderator, id: Path<Uuid>, pool: Data<Pool>) -> Result<HttpResponse> {
    let items = actions::see_history(&mut *pool.get().await?, *id).await?;
    Ok(HttpResponse::Ok().json(History { items }))
}
