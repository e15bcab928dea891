//! What is one person's own, beside public pages that are the same for everybody.

use super::{
    super::{
        actions::{self, Look},
        types::Viewer,
    },
    PRIVATE, VARIES,
    write::Known,
};
use crate::{
    articles::Slug, clock::Clock, config::Settings, db::Pool, error::Result, http::client::Client, secrets::Secrets,
};
use actix_web::{
    HttpResponse, get,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(get_viewer);
}

/// What is one's own on an article, in one request: reactions, comments that nobody else sees, what may still be
/// changed, subscriptions, sanctions. Lay it over the public thread, which is the same for everybody.
///
/// A former slug serves as well as the present one. A manage token is good for its own article only.
#[utoipa::path(
    tag = "comments",
    params(("slug" = String, Path, description = "The article's slug.", example = "how-to-listen")),
    responses((status = 200, description = "What is one's own; nobody may keep it.", body = Viewer)),
    security(("bearer" = []), ("guest" = [])),
)]
#[get("/articles/{slug}/viewer")]
pub async fn get_viewer(
    Known(writer): Known,
    client: Client,
    slug: Path<Slug>,
    pool: Data<Pool>,
    settings: Data<Settings>,
    secrets: Data<Secrets>,
    clock: Data<Clock>,
) -> Result<HttpResponse> {
    let look = Look { writer, network: client.network(), now: clock.now() };
    let viewer = actions::see_viewer(&mut *pool.get().await?, &settings, &secrets, &slug, look).await?;
    Ok(HttpResponse::Ok().insert_header(PRIVATE).insert_header(VARIES).json(viewer))
}
