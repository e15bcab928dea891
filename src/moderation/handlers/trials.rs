//! Trying rules before they are switched on.

use super::super::{
    trials::Trials,
    types::{Trial, TryRule},
};
use crate::{
    clock::Clock,
    comments::Reception,
    db::Pool,
    error::Result,
    http::{actor::Moderator, json::Json},
};
use actix_web::{HttpResponse, post, web::Data};
use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(try_rule);
}

/// What a rule would change, tried on what was said last. Nothing is kept, and nobody is told.
///
/// Every comment is looked at twice as if it were sent now, with the rule and without it. One rule is tried at a time: 503
/// when another takes too long.
#[utoipa::path(
    tag = "moderation",
    security(("bearer" = [])),
    responses((status = 200, body = Trial))
)]
#[post("/moderation/rules/try")]
async fn try_rule(
    _: Moderator,
    trials: Data<Trials>,
    reception: Data<Reception>,
    pool: Data<Pool>,
    clock: Data<Clock>,
    body: Json<TryRule>,
) -> Result<HttpResponse> {
    let trial = trials.run(&pool, &reception, body.0, (clock.id(), clock.now())).await?;
    Ok(HttpResponse::Ok().json(trial))
}
