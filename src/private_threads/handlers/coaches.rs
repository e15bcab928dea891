//! How coaches come into threads, and hand them over.

use super::{
    super::{
        actions, queries,
        types::{HandOver, PrivateThread, Spot, ThreadsQuery, Waiting, WaitingThread, Who},
    },
    DEFAULT_LIMIT, paged, private, thread,
};
use crate::{
    comments::Reception,
    config::Settings,
    db::Pool,
    error::Result,
    events::Journal,
    http::{
        actor::Coach,
        json::Json,
        list::{List, Span},
        query::Query,
        request::no_content,
    },
    secrets::Secrets,
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file; the list before whatever takes an id in its place.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_waiting_threads).service(admit_coach).service(hand_over_thread);
}

/// Private threads that wait for a coach and that you can take; those that have waited longest first. That they wait is all
/// that is told of them.
#[utoipa::path(
    tag = "private threads",
    params(ThreadsQuery),
    responses((status = 200, description = "A page of them.", body = List<WaitingThread>)),
    security(("bearer" = [])),
)]
#[get("/private-threads/waiting")]
pub async fn list_waiting_threads(
    Coach(actor): Coach,
    Query(query): Query<ThreadsQuery>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let list = format!("waiting threads {}", actor.account_id);
    let span = Span::read(&secrets, &list, query.limit, DEFAULT_LIMIT, query.cursor.as_deref())?;
    let rows = queries::threads::waiting(&mut *pool.get().await?, actor.account_id, &span).await?;
    let address = format!("{}/v1/private-threads/waiting?limit={}", settings.public_url(), span.limit);
    let spot = |row: &Waiting| Spot { at: row.since, id: row.id };
    let page = span.page(&secrets, &list, &address, rows, spot)?;
    let told = |row: Waiting| WaitingThread { id: row.id, since: row.since, asked_you: row.asked_coach_id.is_some() };
    Ok(paged(&page.with(|rows| rows.into_iter().map(told).collect())))
}

/// Takes a private thread that waits: from now on you are in it. Whoever comes first is in; to the others there is nothing of
/// this id any more (404). Where you are in it already, nothing happens.
#[utoipa::path(
    tag = "private threads",
    params(("id" = Uuid, Path, description = "A thread that waits.")),
    responses((status = 200, description = "The thread, as you see it.", body = PrivateThread)),
    security(("bearer" = [])),
)]
#[post("/private-threads/{id}/admission")]
pub async fn admit_coach(
    Coach(actor): Coach,
    id: Path<Uuid>,
    journal: Data<Journal>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
) -> Result<HttpResponse> {
    let who = Who::from(&actor);
    journal.write(async |tx| actions::admit(tx, *id, actor.account_id, who).await).await?;
    Ok(private(HttpResponse::Ok(), &thread(&pool, &secrets, *id, who).await?))
}

/// Hands a private thread that you are in over to another coach, who is told by mail that there is something. You see nothing of
/// it from then on, unless you stay.
#[utoipa::path(
    tag = "private threads",
    params(("id" = Uuid, Path, description = "The thread.")),
    request_body = HandOver,
    responses((status = 204, description = "She is in it.")),
    security(("bearer" = [])),
)]
#[post("/private-threads/{id}/handover")]
pub async fn hand_over_thread(
    Coach(actor): Coach,
    id: Path<Uuid>,
    Json(to): Json<HandOver>,
    journal: Data<Journal>,
    office: Data<Reception>,
) -> Result<HttpResponse> {
    let who = Who::from(&actor);
    journal.write(async |tx| actions::hand_over(tx, &office, *id, who, to).await).await?;
    office.outbox.wake();
    Ok(no_content())
}
