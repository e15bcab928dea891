//! Threads: opening one, and those that somebody is in.

use super::{
    super::{
        actions, queries,
        types::{OpenPrivateThread, Opened, PrivateThread, ThreadRow, ThreadsQuery, Who},
    },
    DEFAULT_LIMIT, created, paged, private, thread,
};
use crate::{
    comments::{Known, Reception},
    config::Settings,
    db::Pool,
    error::Result,
    events::{Journal, Once, Tx},
    http::{
        idempotency::IdempotencyKey,
        json::Json,
        list::{List, Span},
        query::Query,
    },
    secrets::Secrets,
    throttle::Throttle,
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(open_private_thread).service(list_private_threads).service(get_private_thread);
}

/// Opens a private thread with its first message.
///
/// It is between you and the coach who takes it: the one whom you ask by `coach_id`, else whoever comes first. Until then every
/// coach sees that it waits, and nothing else of it. Guests need an address that they have confirmed.
#[utoipa::path(
    tag = "private threads",
    params(("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 255, description = "Sent twice, it happens once.")),
    request_body = OpenPrivateThread,
    responses((status = 201, description = "The thread, as you see it.", body = PrivateThread, headers(
        ("Location" = String, description = "Where it is."),
    ))),
    security(("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!(["address_unverified", "muted", "too_many_requests"]))),
)]
#[post("/private-threads")]
#[expect(clippy::too_many_arguments, reason = "each is what actix hands to a handler")]
pub async fn open_private_thread(
    Known(writer): Known,
    key: IdempotencyKey,
    Json(input): Json<OpenPrivateThread>,
    throttle: Throttle,
    journal: Data<Journal>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    office: Data<Reception>,
) -> Result<HttpResponse> {
    let (who, network) = (Who(writer), throttle.client().network());
    throttle.comment_posted(Some(who.id())).await?;
    let once = Once::private(&secrets, writer.scope(), key.0, "open_private_thread", &input)?;
    let open =
        async |tx: &mut Tx<'_>| Ok(Opened { thread_id: actions::open(tx, &office, who, network, &input).await? });
    let Opened { thread_id } = journal.write_once(once, open).await?.value;
    office.outbox.wake();
    Ok(created(&thread(&pool, &secrets, thread_id, who).await?))
}

/// The private threads that you are in, as reader or as coach; those in which something was said last first.
#[utoipa::path(
    tag = "private threads",
    params(ThreadsQuery),
    responses((status = 200, description = "A page of them.", body = List<PrivateThread>)),
    security(("bearer" = []), ("guest" = [])),
)]
#[get("/private-threads")]
pub async fn list_private_threads(
    Known(writer): Known,
    Query(query): Query<ThreadsQuery>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let who = Who(writer);
    let list = format!("private threads {}", who.id());
    let span = Span::read(&secrets, &list, query.limit, DEFAULT_LIMIT, query.cursor.as_deref())?;
    let conn = &mut *pool.get().await?;
    let rows = queries::threads::page(conn, who, &span).await?;
    let address = format!("{}/v1/private-threads?limit={}", settings.public_url(), span.limit);
    let List { items, limit, next, prev } = span.page(&secrets, &list, &address, rows, ThreadRow::spot)?;
    let items = actions::views(conn, &secrets, who, items).await?;
    Ok(paged(&List { items, limit, next, prev }))
}

/// A private thread that you are in. To everybody else there is nothing of this id.
#[utoipa::path(
    tag = "private threads",
    params(("id" = Uuid, Path, description = "The thread.")),
    responses((status = 200, description = "The thread, without its messages.", body = PrivateThread)),
    security(("bearer" = []), ("guest" = [])),
)]
#[get("/private-threads/{id}")]
pub async fn get_private_thread(
    Known(writer): Known,
    id: Path<Uuid>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
) -> Result<HttpResponse> {
    Ok(private(HttpResponse::Ok(), &thread(&pool, &secrets, *id, Who(writer)).await?))
}
