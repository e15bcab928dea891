//! Reactions.

use super::{
    super::{actions, rules, types::Reactions},
    write::Known,
};
use crate::{config::Settings, error::Result, events::Journal, http::rate_limit, secrets::Secrets, throttle::Throttle};
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
    extensions(("x-problems" = json!(["muted", "too_many_requests"]))),
)]
#[put("/comments/{id}/reactions/{kind}")]
pub async fn add_reaction(
    known: Known,
    path: Path<(Uuid, String)>,
    throttle: Throttle,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    let means = Means { throttle, secrets, settings, journal };
    react(known, path.into_inner(), &means, true).await
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
    secrets: Data<Secrets>,
    settings: Data<Settings>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    let means = Means { throttle, secrets, settings, journal };
    react(known, path.into_inner(), &means, false).await
}

/// What it takes to give a reaction or to take it back.
struct Means {
    throttle: Throttle,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
    journal: Data<Journal>,
}

async fn react(Known(writer): Known, (id, kind): (Uuid, String), means: &Means, gives: bool) -> Result<HttpResponse> {
    let Means { throttle, secrets, settings, journal } = means;
    rules::is_reaction(&kind, gives, settings.reactions())?;
    let quota = match writer.reader() {
        Some(reader) => Some(throttle.reacted(reader.id()).await?),
        None => None,
    };
    let who = (writer, throttle.client().network());
    let react = journal.write(async |tx| actions::react(tx, secrets, id, who, &kind, gives).await);
    let reactions: Reactions = react.await?;
    let mut response = HttpResponse::Ok();
    rate_limit::say(&mut response, quota.as_ref());
    Ok(response.json(reactions))
}
