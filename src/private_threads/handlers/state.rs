//! Closing, opening again, leaving, erasing, and what the public comment says.

use super::{
    super::{
        actions,
        types::{Disclose, PrivateThread, Who},
    },
    private, thread,
};
use crate::{
    comments::Known,
    db::Pool,
    error::Result,
    events::Journal,
    http::{json::Json, request::no_content},
    secrets::Secrets,
};
use actix_web::{
    HttpResponse, delete, post, put,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(close_private_thread).service(reopen_private_thread).service(leave_private_thread);
    cfg.service(erase_private_thread).service(disclose_private_thread);
}

/// Closes a private thread. It can still be read, and be opened again by either side.
#[utoipa::path(
    tag = "private threads",
    params(("id" = Uuid, Path, description = "The thread.")),
    responses((status = 200, description = "The thread, as you see it.", body = PrivateThread)),
    security(("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!(["address_unverified", "conflict"]))),
)]
#[post("/private-threads/{id}/close")]
pub async fn close_private_thread(
    Known(writer): Known,
    id: Path<Uuid>,
    journal: Data<Journal>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
) -> Result<HttpResponse> {
    let who = Who(writer);
    journal.write(async |tx| actions::close(tx, &secrets, *id, who).await).await?;
    Ok(private(HttpResponse::Ok(), &thread(&pool, &secrets, *id, who).await?))
}

/// Opens a private thread again that was closed. Where no coach is in it any more, it waits for one. 409 when the reader has
/// left.
#[utoipa::path(
    tag = "private threads",
    params(("id" = Uuid, Path, description = "The thread.")),
    responses((status = 200, description = "The thread, as you see it.", body = PrivateThread)),
    security(("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!(["address_unverified", "conflict"]))),
)]
#[post("/private-threads/{id}/reopen")]
pub async fn reopen_private_thread(
    Known(writer): Known,
    id: Path<Uuid>,
    journal: Data<Journal>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
) -> Result<HttpResponse> {
    let who = Who(writer);
    journal.write(async |tx| actions::reopen(tx, &secrets, *id, who).await).await?;
    Ok(private(HttpResponse::Ok(), &thread(&pool, &secrets, *id, who).await?))
}

/// Goes out of a private thread: from now on there is nothing of this id for you.
///
/// Where the reader goes, the thread is closed, and the coaches keep what was said; erasing it is still possible. Where the last
/// coach goes, an open thread waits for another one. What nobody is in any more is erased. An invitation is not left but
/// declined (409).
#[utoipa::path(
    tag = "private threads",
    params(("id" = Uuid, Path, description = "The thread.")),
    responses((status = 204, description = "You are not in it any more.")),
    security(("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[post("/private-threads/{id}/leave")]
pub async fn leave_private_thread(
    Known(writer): Known,
    id: Path<Uuid>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    journal.write(async |tx| actions::leave(tx, *id, Who(writer)).await).await?;
    Ok(no_content())
}

/// Erases a private thread of yours, for everybody: its key is destroyed, and all that was said in it is gone for good. Only the
/// reader can, at any time, also after having left.
#[utoipa::path(
    tag = "private threads",
    params(("id" = Uuid, Path, description = "The thread.")),
    responses((status = 204, description = "Nothing is left of it.")),
    security(("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!(["forbidden"]))),
)]
#[delete("/private-threads/{id}")]
pub async fn erase_private_thread(
    Known(writer): Known,
    id: Path<Uuid>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    journal.write(async |tx| actions::erase(tx, *id, Who(writer)).await).await?;
    Ok(no_content())
}

/// Says for your side whether the public comment may show `continued_in_private`. It does only while both sides agree, and says
/// nothing else.
#[utoipa::path(
    tag = "private threads",
    params(("id" = Uuid, Path, description = "The thread.")),
    request_body = Disclose,
    responses((status = 200, description = "The thread, as you see it.", body = PrivateThread)),
    security(("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!(["address_unverified", "conflict"]))),
)]
#[put("/private-threads/{id}/disclosure")]
pub async fn disclose_private_thread(
    Known(writer): Known,
    id: Path<Uuid>,
    Json(disclosure): Json<Disclose>,
    journal: Data<Journal>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
) -> Result<HttpResponse> {
    let who = Who(writer);
    journal.write(async |tx| actions::disclose(tx, &secrets, *id, who, disclosure.agree).await).await?;
    Ok(private(HttpResponse::Ok(), &thread(&pool, &secrets, *id, who).await?))
}
