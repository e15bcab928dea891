//! What somebody has begun to write in a thread.

use super::{
    super::{
        actions,
        types::{PrivateDraft, SaveDraft, Who},
    },
    private,
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
    HttpResponse, delete, get, put,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(get_private_draft).service(save_private_draft).service(delete_private_draft);
}

/// What you have begun to write in a private thread. Nobody else sees it; 404 where there is nothing.
#[utoipa::path(
    tag = "private threads",
    params(("id" = Uuid, Path, description = "The thread.")),
    responses((status = 200, description = "As it is so far.", body = PrivateDraft)),
    security(("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!(["address_unverified"]))),
)]
#[get("/private-threads/{id}/draft")]
pub async fn get_private_draft(
    Known(writer): Known,
    id: Path<Uuid>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
) -> Result<HttpResponse> {
    let draft = actions::get_draft(&mut *pool.get().await?, &secrets, *id, Who(writer)).await?;
    Ok(private(HttpResponse::Ok(), &draft))
}

/// Keeps what you have begun to write in a private thread, instead of what was kept before.
#[utoipa::path(
    tag = "private threads",
    params(("id" = Uuid, Path, description = "The thread.")),
    request_body = SaveDraft,
    responses((status = 200, description = "It is kept.", body = PrivateDraft)),
    security(("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!(["address_unverified"]))),
)]
#[put("/private-threads/{id}/draft")]
pub async fn save_private_draft(
    Known(writer): Known,
    id: Path<Uuid>,
    Json(draft): Json<SaveDraft>,
    journal: Data<Journal>,
    secrets: Data<Secrets>,
) -> Result<HttpResponse> {
    let keep = journal.write(async |tx| actions::keep_draft(tx, &secrets, *id, Who(writer), &draft.body).await);
    Ok(private(HttpResponse::Ok(), &keep.await?))
}

/// Throws away what you have begun to write in a private thread. Where there is nothing, nothing happens.
#[utoipa::path(
    tag = "private threads",
    params(("id" = Uuid, Path, description = "The thread.")),
    responses((status = 204, description = "Nothing is kept.")),
    security(("bearer" = []), ("guest" = [])),
)]
#[delete("/private-threads/{id}/draft")]
pub async fn delete_private_draft(
    Known(writer): Known,
    id: Path<Uuid>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    journal.write(async |tx| actions::forget_draft(tx, *id, Who(writer)).await).await?;
    Ok(no_content())
}
