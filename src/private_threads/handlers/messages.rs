//! Messages as they are read.

use super::{
    super::{
        actions,
        types::{MessagesQuery, PrivateMessage, PrivateThread, SetReadMark, Who},
    },
    DEFAULT_LIMIT, paged, private, thread,
};
use crate::{
    comments::Known,
    config::Settings,
    db::Pool,
    error::Result,
    events::Journal,
    http::{
        json::Json,
        list::{List, Span},
        query::Query,
    },
    secrets::Secrets,
};
use actix_web::{
    HttpResponse, get, put,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_private_messages).service(mark_private_thread_read);
}

/// The messages of a private thread, the newest first; `next` leads to those before them, `prev` to those after.
#[utoipa::path(
    tag = "private threads",
    params(("id" = Uuid, Path, description = "The thread."), MessagesQuery),
    responses((status = 200, description = "A page of them.", body = List<PrivateMessage>)),
    security(("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!(["address_unverified"]))),
)]
#[get("/private-threads/{id}/messages")]
pub async fn list_private_messages(
    Known(writer): Known,
    id: Path<Uuid>,
    Query(query): Query<MessagesQuery>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let list = format!("private messages {id}");
    let span = Span::read(&secrets, &list, query.limit, DEFAULT_LIMIT, query.cursor.as_deref())?;
    let rows = actions::list_messages(&mut *pool.get().await?, &secrets, *id, Who(writer), &span).await?;
    let address = format!("{}/v1/private-threads/{id}/messages?limit={}", settings.public_url(), span.limit);
    Ok(paged(&span.page(&secrets, &list, &address, rows, |message| message.no)?))
}

/// Says how far you have read. It never goes back; the others in the thread see it. Until then no further mail tells of new
/// messages.
#[utoipa::path(
    tag = "private threads",
    params(("id" = Uuid, Path, description = "The thread.")),
    request_body = SetReadMark,
    responses((status = 200, description = "The thread, as you see it.", body = PrivateThread)),
    security(("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!(["address_unverified"]))),
)]
#[put("/private-threads/{id}/read")]
pub async fn mark_private_thread_read(
    Known(writer): Known,
    id: Path<Uuid>,
    Json(mark): Json<SetReadMark>,
    journal: Data<Journal>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
) -> Result<HttpResponse> {
    let who = Who(writer);
    journal.write(async |tx| actions::mark_read(tx, &secrets, *id, who, mark.no).await).await?;
    Ok(private(HttpResponse::Ok(), &thread(&pool, &secrets, *id, who).await?))
}
