//! Reactions.

use super::{
    super::{actions, rules, types::Reactions},
    write::Known,
};
use crate::{config::Settings, error::Result, events::Journal, http::rate_limit, throttle::Throttle};
use actix_web::{
    HttpResponse, delete, put,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(add_reaction).service(remove_reaction);
}

/// Gives a comment of somebody else a reaction, with an account or as a guest of the same article.
///
/// Everybody gives each kind once: again changes nothing. Which kinds there are is the publication's setting.
#[utoipa::path(
    tag = "comments",
    params(
        ("id" = Uuid, Path, description = "A comment that everybody sees."),
        ("kind" = String, Path, description = "Which reaction.", example = "helpful"),
    ),
    responses((status = 200, description = "What the comment got by now.", body = Reactions)),
    security(("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!(["too_many_requests"]))),
)]
#[put("/comments/{id}/reactions/{kind}")]
pub async fn add_reaction(
    known: Known,
    path: Path<(Uuid, String)>,
    throttle: Throttle,
    settings: Data<Settings>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    react(known, path.into_inner(), &throttle, &settings, &journal, true).await
}

/// Takes a reaction back. Without one it changes nothing.
#[utoipa::path(
    tag = "comments",
    params(
        ("id" = Uuid, Path, description = "A comment that everybody sees."),
        ("kind" = String, Path, description = "Which reaction.", example = "helpful"),
    ),
    responses((status = 200, description = "What the comment got by now.", body = Reactions)),
    security(("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!(["too_many_requests"]))),
)]
#[delete("/comments/{id}/reactions/{kind}")]
pub async fn remove_reaction(
    known: Known,
    path: Path<(Uuid, String)>,
    throttle: Throttle,
    settings: Data<Settings>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    react(known, path.into_inner(), &throttle, &settings, &journal, false).await
}

async fn react(
    Known(writer): Known,
    (id, kind): (Uuid, String),
    throttle: &Throttle,
    settings: &Settings,
    journal: &Journal,
    gives: bool,
) -> Result<HttpResponse> {
    rules::is_reaction(&kind, gives, settings.reactions())?;
    let quota = match writer.reader() {
        Some(reader) => Some(throttle.reacted(reader.id()).await?),
        None => None,
    };
    let reactions: Reactions = journal.write(async |tx| actions::react(tx, id, writer, &kind, gives).await).await?;
    let mut response = HttpResponse::Ok();
    rate_limit::say(&mut response, quota.as_ref());
    Ok(response.json(reactions))
}
