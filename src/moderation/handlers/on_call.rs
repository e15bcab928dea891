//! Who is called when a comment should not wait.

use super::super::{
    on_call,
    types::{OnCall, SetOnCall},
};
use crate::{
    clock::Clock,
    db::Pool,
    error::Result,
    events::Journal,
    http::{actor::Moderator, json::Json},
    secrets::Secrets,
};
use actix_web::{HttpResponse, get, put, web::Data};
use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(get_on_call).service(set_on_call);
}

/// Who is called, in this order.
#[utoipa::path(
    tag = "moderation",
    security(("bearer" = [])),
    responses((status = 200, description = "Those who work here now.", body = OnCall)),
)]
#[get("/moderation/on-call")]
async fn get_on_call(
    _: Moderator,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    clock: Data<Clock>,
) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok().json(on_call::see_on_call(&mut *pool.get().await?, &secrets, clock.now()).await?))
}

/// Says who is called from now on, in this order. An empty list calls nobody.
#[utoipa::path(
    tag = "moderation",
    security(("bearer" = [])),
    responses((status = 200, description = "Who is called now.", body = OnCall)),
)]
#[put("/moderation/on-call")]
async fn set_on_call(
    Moderator(actor): Moderator,
    journal: Data<Journal>,
    secrets: Data<Secrets>,
    body: Json<SetOnCall>,
) -> Result<HttpResponse> {
    let set = journal.write(async |tx| on_call::set_on_call(tx, &actor, &secrets, &body.0.accounts).await).await?;
    Ok(HttpResponse::Ok().json(set))
}
