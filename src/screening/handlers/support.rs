//! Where somebody in need finds help.

use super::super::{
    actions,
    rules::asked,
    types::{KeptSupports, NewSupport, SupportQuery, SupportResource, SupportResources},
};
use crate::{
    clock::Clock,
    config::Settings,
    db::Pool,
    error::Result,
    events::Journal,
    http::{
        actor::Moderator, json::Json, precondition::IfMatch, query::Query, representation::Representation,
        request::no_content,
    },
    published::Published,
};
use actix_web::{
    HttpRequest, HttpResponse, delete, get, post, put,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_support)
        .service(create_support)
        .service(replace_support)
        .service(delete_support)
        .service(list_kept_support);
}

/// Where somebody in need finds help: what the publication's people entered and checked, in their order.
#[utoipa::path(
    tag = "support",
    params(SupportQuery),
    responses(
        (status = 200, description = "All there is for this region and language.", body = SupportResources),
        (status = 304, description = "As in `If-None-Match`."),
    )
)]
#[get("/support")]
async fn list_support(
    request: HttpRequest,
    Query(query): Query<SupportQuery>,
    pool: Data<Pool>,
    published: Data<Published>,
) -> Result<HttpResponse> {
    let (region, language) = asked(query.region.as_deref(), query.language.as_deref())?;
    let key = ["support", region.as_deref().unwrap_or_default(), language.as_deref().unwrap_or_default()].join(" ");
    let make = || make_list(Pool::clone(&pool), region, language);
    Ok(published.page(&key, make).await?.answer(&request))
}

async fn make_list(pool: Pool, region: Option<String>, language: Option<String>) -> Result<Representation> {
    let items = actions::list_support(&mut *pool.get().await?, region.as_deref(), language.as_deref()).await?;
    Representation::json(&SupportResources { items }, vec![actions::SUPPORT_TAG.to_owned()])
}

/// All support resources, with whether each should be checked again.
#[utoipa::path(
    tag = "moderation",
    security(("bearer" = [])),
    responses((status = 200, description = "All of them, in their order.", body = KeptSupports)),
)]
#[get("/moderation/support")]
async fn list_kept_support(
    _: Moderator,
    pool: Data<Pool>,
    clock: Data<Clock>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let (today, mut conn) = (clock.now().date_naive(), pool.get().await?);
    let items = actions::list_kept_support(&mut conn, today, settings.support_days).await?;
    Ok(HttpResponse::Ok().json(KeptSupports { items }))
}

/// Enters a support resource. 409 when there are 200.
#[utoipa::path(
    tag = "moderation",
    security(("bearer" = [])),
    responses((status = 201, description = "It is shown from now on.", body = SupportResource)),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[post("/moderation/support")]
async fn create_support(
    Moderator(actor): Moderator,
    journal: Data<Journal>,
    body: Json<NewSupport>,
) -> Result<HttpResponse> {
    let resource = journal.write(async |tx| actions::create_support(tx, &actor, body.0).await).await?;
    Ok(HttpResponse::Created().json(resource))
}

/// Enters a support resource anew, such as after it was checked.
#[utoipa::path(
    tag = "moderation",
    security(("bearer" = [])),
    params(
        ("id" = Uuid, Path, description = "The resource."),
        ("If-Match" = String, Header, description = "Its `revision`, in quotes."),
    ),
    responses((status = 200, description = "The resource as it is now.", body = SupportResource)),
)]
#[put("/moderation/support/{id}")]
async fn replace_support(
    Moderator(actor): Moderator,
    id: Path<Uuid>,
    revision: IfMatch,
    journal: Data<Journal>,
    body: Json<NewSupport>,
) -> Result<HttpResponse> {
    let replaced = journal.write(async |tx| actions::replace_support(tx, &actor, *id, &revision, body.0).await);
    Ok(HttpResponse::Ok().json(replaced.await?))
}

/// Takes a support resource away.
#[utoipa::path(
    tag = "moderation",
    security(("bearer" = [])),
    params(
        ("id" = Uuid, Path, description = "The resource."),
        ("If-Match" = String, Header, description = "Its `revision`, in quotes."),
    ),
    responses((status = 204, description = "It is shown no more.")),
)]
#[delete("/moderation/support/{id}")]
async fn delete_support(
    Moderator(actor): Moderator,
    id: Path<Uuid>,
    revision: IfMatch,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    journal.write(async |tx| actions::delete_support(tx, &actor, *id, &revision).await).await?;
    Ok(no_content())
}
