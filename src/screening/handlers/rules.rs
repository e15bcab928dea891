//! The publication's rules, for moderators.

use super::super::{
    actions,
    queries::rules as queries,
    types::{EditRule, NewRule, RulePage, ScreeningRule},
};
use crate::{
    config::Settings,
    db::Pool,
    error::{Error, Result},
    events::Journal,
    http::{
        actor::Moderator,
        json::Json,
        list::{List, Span},
        precondition::IfMatch,
        query::Query,
        request::no_content,
    },
    secrets::Secrets,
};
use actix_web::{
    HttpResponse, delete, get,
    http::header,
    patch, post,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

const LIST: &str = "screening rules";
const DEFAULT_LIMIT: i64 = 20;

pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_rules).service(create_rule).service(get_rule).service(edit_rule).service(delete_rule);
}

/// The publication's rules, in the order in which they were made.
#[utoipa::path(
    tag = "moderation",
    security(("bearer" = [])),
    params(RulePage),
    responses((status = 200, body = List<ScreeningRule>, headers(("Link" = String, description = "The next and previous pages (RFC 8288)."))))
)]
#[get("/moderation/rules")]
async fn list_rules(
    _: Moderator,
    settings: Data<Settings>,
    secrets: Data<Secrets>,
    pool: Data<Pool>,
    Query(query): Query<RulePage>,
) -> Result<HttpResponse> {
    let span = Span::<Uuid>::read(&secrets, LIST, query.limit, DEFAULT_LIMIT, query.cursor.as_deref())?;
    let rows = queries::page(&mut *pool.get().await?, &span).await?;
    let address = format!("{}/v1/moderation/rules?limit={}", settings.public_url(), span.limit);
    let page = span.page(&secrets, LIST, &address, rows, |rule| rule.id)?;
    let mut response = HttpResponse::Ok();
    if let Some(link) = page.link() {
        response.insert_header((header::LINK, link));
    }
    Ok(response.json(page))
}

/// Makes a rule. Texts that are sent from then on pass it, if it is switched on; what was posted before is not looked at
/// again.
///
/// 409 when there are 200 rules.
#[utoipa::path(
    tag = "moderation",
    security(("bearer" = [])),
    responses((status = 201, body = ScreeningRule, headers(("Location" = String, description = "Where it is.")))),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[post("/moderation/rules")]
async fn create_rule(Moderator(actor): Moderator, journal: Data<Journal>, body: Json<NewRule>) -> Result<HttpResponse> {
    let made = journal.write(async |tx| actions::create_rule(tx, body.0, actor.account_id).await).await?;
    let location = format!("/v1/moderation/rules/{}", made.id);
    Ok(HttpResponse::Created().insert_header((header::LOCATION, location)).json(made))
}

/// One rule.
#[utoipa::path(
    tag = "moderation",
    security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The rule.")),
    responses((status = 200, body = ScreeningRule))
)]
#[get("/moderation/rules/{id}")]
async fn get_rule(_: Moderator, pool: Data<Pool>, id: Path<Uuid>) -> Result<HttpResponse> {
    let rule = queries::find(&mut *pool.get().await?, *id).await?.ok_or_else(Error::not_found)?;
    Ok(HttpResponse::Ok().json(rule))
}

/// Changes a rule, or switches it on or off; at once on this node, within a second on others.
#[utoipa::path(
    tag = "moderation",
    security(("bearer" = [])),
    params(
        ("id" = Uuid, Path, description = "The rule."),
        ("If-Match" = String, Header, description = "The rule's revision, in quotes."),
    ),
    responses((status = 200, body = ScreeningRule))
)]
#[patch("/moderation/rules/{id}")]
async fn edit_rule(
    Moderator(actor): Moderator,
    journal: Data<Journal>,
    id: Path<Uuid>,
    revision: IfMatch,
    body: Json<EditRule>,
) -> Result<HttpResponse> {
    let by = actor.account_id;
    let changed = journal.write(async |tx| actions::edit_rule(tx, *id, &revision, body.0, by).await).await?;
    Ok(HttpResponse::Ok().json(changed))
}

/// Deletes a rule. What it found before stays noted at the comments.
#[utoipa::path(
    tag = "moderation",
    security(("bearer" = [])),
    params(
        ("id" = Uuid, Path, description = "The rule."),
        ("If-Match" = String, Header, description = "The rule's revision, in quotes."),
    ),
    responses((status = 204, description = "It is gone."))
)]
#[delete("/moderation/rules/{id}")]
async fn delete_rule(
    Moderator(actor): Moderator,
    journal: Data<Journal>,
    id: Path<Uuid>,
    revision: IfMatch,
) -> Result<HttpResponse> {
    journal.write(async |tx| actions::delete_rule(tx, *id, &revision, actor.account_id).await).await?;
    Ok(no_content())
}
