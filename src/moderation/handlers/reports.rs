//! What readers report.

use super::{
    super::{
        actions, rules,
        types::{ReportComment, ReportPage},
    },
    DEFAULT_LIMIT, paged,
};
use crate::{
    comments::{self, CommentReport, Known, OwnReport},
    config::Settings,
    db::Pool,
    error::Result,
    events::Journal,
    http::{
        actor::Moderator,
        json::Json,
        list::{List, Span},
        query::Query,
        rate_limit,
    },
    secrets::Secrets,
    throttle::Throttle,
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(report_comment).service(list_reports).service(list_comment_reports);
}

/// Asks the publication to look at a comment of somebody else, with an account or as a guest of the same article.
///
/// Everybody reports a comment once: again answers 200 with the report that is there, also when the comment is hidden
/// meanwhile. Nobody but admins learns who it was. What became of it stands in `GET /v1/reports`.
#[utoipa::path(
    tag = "moderation",
    params(("id" = Uuid, Path, description = "A comment that everybody sees.")),
    request_body = ReportComment,
    responses(
        (status = 201, description = "The report.", body = OwnReport),
        (status = 200, description = "The report that you made before.", body = OwnReport),
    ),
    security(("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!(["muted", "too_many_requests"]))),
)]
#[post("/comments/{id}/reports")]
pub async fn report_comment(
    Known(writer): Known,
    id: Path<Uuid>,
    Json(input): Json<ReportComment>,
    throttle: Throttle,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    let text = rules::check_report(&input)?;
    let quota = throttle.reported(writer.account_id().or(writer.guest_id()).unwrap_or_default()).await?;
    let (who, hold_from) = ((writer, throttle.client().network()), settings.reports_hold);
    let report = journal.write(async |tx| comments::report(tx, &secrets, *id, who, &text, hold_from).await);
    let (report, new) = report.await?;
    let mut response = if new { HttpResponse::Created() } else { HttpResponse::Ok() };
    rate_limit::say(&mut response, Some(&quota));
    Ok(response.json(report))
}

/// Your own reports, the newest first, each with what became of it.
#[utoipa::path(
    tag = "moderation",
    params(ReportPage),
    responses((status = 200, description = "A page of them.", body = List<OwnReport>)),
    security(("bearer" = []), ("guest" = [])),
)]
#[get("/reports")]
pub async fn list_reports(
    Known(writer): Known,
    Query(query): Query<ReportPage>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let reporter_id = writer.account_id().or(writer.guest_id()).unwrap_or_default();
    let list = format!("reports of {reporter_id}");
    let span = Span::read(&secrets, &list, query.limit, DEFAULT_LIMIT, query.cursor.as_deref())?;
    let rows = comments::list_own_reports(&mut *pool.get().await?, reporter_id, &span).await?;
    let address = format!("{}/v1/reports?limit={}", settings.public_url(), span.limit);
    let page = span.page(&secrets, &list, &address, rows, |report| report.id)?;
    Ok(paged(&page))
}

/// All reports of a comment, the newest first. Only admins see who made them.
#[utoipa::path(
    tag = "moderation",
    params(("id" = Uuid, Path, description = "The comment."), ReportPage),
    responses((status = 200, description = "A page of them.", body = List<CommentReport>)),
    security(("bearer" = [])),
)]
#[get("/moderation/comments/{id}/reports")]
pub async fn list_comment_reports(
    Moderator(actor): Moderator,
    id: Path<Uuid>,
    Query(query): Query<ReportPage>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let list = format!("reports on {id}");
    let span = Span::read(&secrets, &list, query.limit, DEFAULT_LIMIT, query.cursor.as_deref())?;
    let rows = actions::list_reports_on(&mut *pool.get().await?, &actor, *id, &span).await?;
    let address = format!("{}/v1/moderation/comments/{id}/reports?limit={}", settings.public_url(), span.limit);
    let page = span.page(&secrets, &list, &address, rows, |report| report.id)?;
    Ok(paged(&page))
}
