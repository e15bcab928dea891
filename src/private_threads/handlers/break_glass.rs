//! Admins in threads that are not theirs.

use super::{
    super::{
        actions,
        types::{BreakGlass, MessagesQuery, OpenedThread, PrivateMessage},
    },
    DEFAULT_LIMIT, paged, private,
};
use crate::{
    comments::Reception,
    config::Settings,
    error::Result,
    events::Journal,
    http::{
        actor::{Admin, RecentAdmin},
        json::Json,
        list::{List, Span},
        query::Query,
    },
    secrets::Secrets,
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(break_glass).service(get_opened_thread).service(list_opened_messages);
}

/// Lets an admin read a private thread for an hour, for a reason. Those who are in it see in its `accesses` that it was done,
/// by whom and until when, and the reader gets a mail that there is something new. The audit notes it, and each reading.
#[utoipa::path(
    tag = "private threads",
    params(("id" = Uuid, Path, description = "The thread.")),
    request_body = BreakGlass,
    responses((status = 201, description = "The thread; its messages stand under `/break-glass/messages`.", body = OpenedThread)),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["recent_log_in_required", "conflict"]))),
)]
#[post("/private-threads/{id}/break-glass")]
pub async fn break_glass(
    RecentAdmin(actor): RecentAdmin,
    id: Path<Uuid>,
    journal: Data<Journal>,
    office: Data<Reception>,
    Json(input): Json<BreakGlass>,
) -> Result<HttpResponse> {
    let opened = journal.write(async |tx| actions::break_glass(tx, &office, &actor, *id, &input.reason).await).await?;
    office.outbox.wake();
    Ok(private(HttpResponse::Created(), &opened))
}

/// A private thread, for an admin who has said why within the last hour. To everybody else there is nothing here.
#[utoipa::path(
    tag = "private threads",
    params(("id" = Uuid, Path, description = "The thread.")),
    responses((status = 200, description = "The thread.", body = OpenedThread)),
    security(("bearer" = [])),
)]
#[get("/private-threads/{id}/break-glass")]
pub async fn get_opened_thread(
    Admin(actor): Admin,
    id: Path<Uuid>,
    journal: Data<Journal>,
    secrets: Data<Secrets>,
) -> Result<HttpResponse> {
    let opened = journal.write(async |tx| actions::see_opened(tx, &secrets, &actor, *id).await).await?;
    Ok(private(HttpResponse::Ok(), &opened))
}

/// The messages of a private thread, the newest first, for an admin who has said why within the last hour. Drafts are nobody's
/// but their writers'.
#[utoipa::path(
    tag = "private threads",
    params(("id" = Uuid, Path, description = "The thread."), MessagesQuery),
    responses((status = 200, description = "A page of them.", body = List<PrivateMessage>)),
    security(("bearer" = [])),
)]
#[get("/private-threads/{id}/break-glass/messages")]
pub async fn list_opened_messages(
    Admin(actor): Admin,
    id: Path<Uuid>,
    Query(query): Query<MessagesQuery>,
    journal: Data<Journal>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let list = format!("opened private messages {id}");
    let span = Span::read(&secrets, &list, query.limit, DEFAULT_LIMIT, query.cursor.as_deref())?;
    let rows = journal.write(async |tx| actions::list_opened(tx, &secrets, &actor, *id, &span).await).await?;
    let address =
        format!("{}/v1/private-threads/{id}/break-glass/messages?limit={}", settings.public_url(), span.limit);
    Ok(paged(&span.page(&secrets, &list, &address, rows, |message| message.no)?))
}
