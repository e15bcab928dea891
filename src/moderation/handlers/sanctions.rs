//! Sanctions, as moderators lay, see and lift them.

use super::{
    super::{
        actions,
        types::{LaySanction, SanctionPage},
    },
    DEFAULT_LIMIT, paged,
};
use crate::{
    clock::Clock,
    config::Settings,
    db::Pool,
    error::Result,
    events::Journal,
    http::{
        actor::Moderator,
        json::Json,
        list::{List, Span},
        query::Query,
        request::no_content,
    },
    screening::{self, LaidSanction, SanctionFilter},
    secrets::Secrets,
};
use actix_web::{
    HttpResponse, delete, get,
    http::header,
    post,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(lay_sanction).service(list_sanctions).service(get_sanction).service(lift_sanction);
}

/// Warns somebody, has what they write wait, keeps them from writing, or bans them, for a while or until it is lifted.
///
/// The person is told: by what they are answered when they write, and in the list of sanctions on themselves. One of the same
/// kind on the same person takes the place of the one before; warnings add up. Staff is sanctioned by admins only.
#[utoipa::path(
    tag = "moderation",
    request_body = LaySanction,
    responses((status = 201, description = "The sanction.", body = LaidSanction,
        headers(("Location" = String, description = "Where it stands.")))),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[post("/moderation/sanctions")]
pub async fn lay_sanction(
    Moderator(actor): Moderator,
    Json(input): Json<LaySanction>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    let row = journal.write(async |tx| actions::lay(tx, &actor, input).await).await?;
    let location = format!("/v1/moderation/sanctions/{}", row.id);
    let shown = row.shown(journal.now());
    Ok(HttpResponse::Created().insert_header((header::LOCATION, location)).json(shown))
}

/// Sanctions, the newest first. What has ended is forgotten after a year; what lay on an address or a network, at once.
#[utoipa::path(
    tag = "moderation",
    params(SanctionPage),
    responses((status = 200, description = "A page of them.", body = List<LaidSanction>)),
    security(("bearer" = [])),
)]
#[get("/moderation/sanctions")]
pub async fn list_sanctions(
    _: Moderator,
    Query(query): Query<SanctionPage>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
    clock: Data<Clock>,
) -> Result<HttpResponse> {
    let filter = SanctionFilter { in_force: query.in_force, kind: query.kind, on: query.subject_id };
    let asked = words(&filter);
    let list = format!("sanctions {asked}");
    let span = Span::read(&secrets, &list, query.limit, DEFAULT_LIMIT, query.cursor.as_deref())?;
    let rows = screening::list_sanctions(&mut *pool.get().await?, &filter, &span, clock.now()).await?;
    let address = format!("{}/v1/moderation/sanctions?limit={}{asked}", settings.public_url(), span.limit);
    let page = span.page(&secrets, &list, &address, rows, |row| row.id)?;
    let page = page.with(|rows| rows.into_iter().map(|row| row.shown(clock.now())).collect());
    Ok(paged(&page))
}

/// A filter as it stands in an address.
fn words(filter: &SanctionFilter) -> String {
    let in_force = filter.in_force.map(|yes| format!("&in_force={yes}"));
    let kind = filter.kind.map(|kind| format!("&kind={}", kind.as_str()));
    let on = filter.on.map(|id| format!("&subject_id={id}"));
    [in_force, kind, on].into_iter().flatten().collect()
}

/// One sanction.
#[utoipa::path(
    tag = "moderation",
    params(("id" = Uuid, Path, description = "The sanction.")),
    responses((status = 200, description = "The sanction as it is now.", body = LaidSanction)),
    security(("bearer" = [])),
)]
#[get("/moderation/sanctions/{id}")]
pub async fn get_sanction(_: Moderator, id: Path<Uuid>, pool: Data<Pool>, clock: Data<Clock>) -> Result<HttpResponse> {
    let row = screening::see_sanction(&mut *pool.get().await?, *id).await?;
    Ok(HttpResponse::Ok().json(row.shown(clock.now())))
}

/// Lifts a sanction before its time. Doing it twice does no harm. A lifted ban opens the account again.
#[utoipa::path(
    tag = "moderation",
    params(("id" = Uuid, Path, description = "The sanction.")),
    responses((status = 204, description = "It holds no more.")),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[delete("/moderation/sanctions/{id}")]
pub async fn lift_sanction(
    Moderator(actor): Moderator,
    id: Path<Uuid>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    journal.write(async |tx| actions::lift(tx, &actor, *id).await).await?;
    Ok(no_content())
}
