//! What curators do: coaches, moderators, admins. All of it can be repeated.

use super::{
    super::{
        actions, rules,
        types::{Comment, Light, PinComment, PlacedRow},
    },
    page::Maker,
};
use crate::{
    error::{Error, Result},
    events::Journal,
    http::{actor::Curator, json::Json},
};
use actix_web::{
    HttpResponse, delete, put,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(pin_comment)
        .service(unpin_comment)
        .service(feature_comment)
        .service(unfeature_comment)
        .service(lock_comment)
        .service(unlock_comment);
}

/// Pins a root above the others of its article; those that are pinned already move to make room.
///
/// At most 10 are pinned under one article.
#[utoipa::path(
    tag = "curation",
    params(("id" = Uuid, Path, description = "A comment that has a place in a public thread.")),
    request_body = PinComment,
    responses((status = 200, description = "The comment as everybody sees it.", body = Comment)),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict", "too_many_pins"]))),
)]
#[put("/comments/{id}/pin")]
pub async fn pin_comment(
    Curator(actor): Curator,
    id: Path<Uuid>,
    Json(input): Json<PinComment>,
    maker: Maker,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    let place = rules::check_place(input.place)?;
    let placed = journal.write(async |tx| actions::pin(tx, *id, &actor, place).await).await?;
    as_everybody_sees_it(&maker, placed).await
}

/// Takes a pin off.
#[utoipa::path(
    tag = "curation",
    params(("id" = Uuid, Path, description = "A comment that has a place in a public thread.")),
    responses((status = 200, description = "The comment as everybody sees it.", body = Comment)),
    security(("bearer" = [])),
)]
#[delete("/comments/{id}/pin")]
pub async fn unpin_comment(
    Curator(actor): Curator,
    id: Path<Uuid>,
    maker: Maker,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    let placed = journal.write(async |tx| actions::unpin(tx, *id, &actor).await).await?;
    as_everybody_sees_it(&maker, placed).await
}

/// Features a comment: the publication recommends it.
#[utoipa::path(
    tag = "curation",
    params(("id" = Uuid, Path, description = "A comment that has a place in a public thread.")),
    responses((status = 200, description = "The comment as everybody sees it.", body = Comment)),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[put("/comments/{id}/feature")]
pub async fn feature_comment(
    Curator(actor): Curator,
    id: Path<Uuid>,
    maker: Maker,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    let placed = journal.write(async |tx| actions::light(tx, *id, &actor, Light::Featured(true)).await).await?;
    as_everybody_sees_it(&maker, placed).await
}

/// Features a comment no longer.
#[utoipa::path(
    tag = "curation",
    params(("id" = Uuid, Path, description = "A comment that has a place in a public thread.")),
    responses((status = 200, description = "The comment as everybody sees it.", body = Comment)),
    security(("bearer" = [])),
)]
#[delete("/comments/{id}/feature")]
pub async fn unfeature_comment(
    Curator(actor): Curator,
    id: Path<Uuid>,
    maker: Maker,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    let placed = journal.write(async |tx| actions::light(tx, *id, &actor, Light::Featured(false)).await).await?;
    as_everybody_sees_it(&maker, placed).await
}

/// Locks a conversation: nobody but staff may answer this comment, or what is below it.
///
/// Not further down than 24 levels below a root: there, replies go on flat.
#[utoipa::path(
    tag = "curation",
    params(("id" = Uuid, Path, description = "A comment that has a place in a public thread.")),
    responses((status = 200, description = "The comment as everybody sees it.", body = Comment)),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[put("/comments/{id}/lock")]
pub async fn lock_comment(
    Curator(actor): Curator,
    id: Path<Uuid>,
    maker: Maker,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    let placed = journal.write(async |tx| actions::light(tx, *id, &actor, Light::Locked(true)).await).await?;
    as_everybody_sees_it(&maker, placed).await
}

/// Opens a conversation again.
#[utoipa::path(
    tag = "curation",
    params(("id" = Uuid, Path, description = "A comment that has a place in a public thread.")),
    responses((status = 200, description = "The comment as everybody sees it.", body = Comment)),
    security(("bearer" = [])),
)]
#[delete("/comments/{id}/lock")]
pub async fn unlock_comment(
    Curator(actor): Curator,
    id: Path<Uuid>,
    maker: Maker,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    let placed = journal.write(async |tx| actions::light(tx, *id, &actor, Light::Locked(false)).await).await?;
    as_everybody_sees_it(&maker, placed).await
}

async fn as_everybody_sees_it(maker: &Maker, placed: PlacedRow) -> Result<HttpResponse> {
    let (mut alone, shown) = maker.alone(vec![placed.comment]);
    maker.complete(&mut *maker.pool.get().await?, placed.article.id, &mut [&mut alone], shown).await?;
    Ok(HttpResponse::Ok().json(alone.pop().ok_or_else(Error::not_found)?))
}
