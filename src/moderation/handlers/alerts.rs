//! Comments that should not wait, and who answers.

use super::{
    super::{
        alerts,
        types::{Alert, AlertPage, AlertedComment},
    },
    DEFAULT_LIMIT, paged,
};
use crate::{
    config::Settings,
    db::Pool,
    error::Result,
    events::Journal,
    http::{
        actor::Responder,
        list::{List, Span},
        query::Query,
    },
    secrets::Secrets,
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_alerts).service(get_alert).service(acknowledge_alert);
}

/// Comments that should not wait, and who has been called: those that nobody has answered first, each the oldest first.
#[utoipa::path(
    tag = "moderation",
    security(("bearer" = [])),
    params(AlertPage),
    responses((status = 200, description = "A page of them.", body = List<Alert>)),
)]
#[get("/moderation/alerts")]
async fn list_alerts(
    _: Responder,
    Query(query): Query<AlertPage>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let span = Span::read(&secrets, "alerts", query.limit, DEFAULT_LIMIT, query.cursor.as_deref())?;
    let rows = alerts::list_alerts(&mut *pool.get().await?, &span).await?;
    let address = format!("{}/v1/moderation/alerts?limit={}", settings.public_url(), span.limit);
    let key = |alert: &Alert| (alert.acknowledged_at.is_some(), alert.created_at, alert.id);
    let page = span.page(&secrets, "alerts", &address, rows, key)?;
    Ok(paged(&page))
}

/// An alert with the comment that it is about. 404 once the comment was decided or deleted.
#[utoipa::path(
    tag = "moderation",
    security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The alert.")),
    responses((status = 200, description = "The alert and the comment.", body = AlertedComment)),
)]
#[get("/moderation/alerts/{id}")]
async fn get_alert(_: Responder, id: Path<Uuid>, pool: Data<Pool>) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok().json(alerts::see_alert(&mut *pool.get().await?, *id).await?))
}

/// Says that one is at it: nobody else is called. 409 names who was faster.
#[utoipa::path(
    tag = "moderation",
    security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "The alert.")),
    responses((status = 200, description = "The alert as it is now.", body = Alert)),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[post("/moderation/alerts/{id}/acknowledge")]
async fn acknowledge_alert(
    Responder(actor): Responder,
    id: Path<Uuid>,
    journal: Data<Journal>,
    secrets: Data<Secrets>,
) -> Result<HttpResponse> {
    let alert = journal.write(async |tx| alerts::acknowledge(tx, &actor, &secrets, *id).await).await?;
    Ok(HttpResponse::Ok().json(alert))
}
