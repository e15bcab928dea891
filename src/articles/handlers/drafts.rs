//! What coaches read: articles that are not public yet, and those that are as they will be edited.

use super::super::{
    queries,
    types::{Article, ArticleSummary, DraftFilter},
};
use super::etag;
use crate::{
    config::Settings,
    db::Pool,
    error::Result,
    http::{
        actor::DraftReader,
        list::{List, Span},
        query::Query,
    },
    secrets::Secrets,
};
use actix_web::{
    HttpResponse, get,
    http::header,
    web::{Data, Path},
};
use uuid::Uuid;

const LIST: &str = "drafts";
const DEFAULT_LIMIT: i64 = 20;

/// For one pair of eyes: nobody may keep it, not even the browser.
const PRIVATE: (header::HeaderName, &str) = (header::CACHE_CONTROL, "private, no-store");

/// Drafts of all coaches, the one begun last first.
#[utoipa::path(
    tag = "articles",
    params(DraftFilter),
    security(("bearer" = [])),
    responses((status = 200, description = "A page of them, without bodies.", body = List<ArticleSummary>))
)]
#[get("/drafts")]
pub async fn list_drafts(
    _: DraftReader,
    Query(filter): Query<DraftFilter>,
    pool: Data<Pool>,
    settings: Data<Settings>,
    secrets: Data<Secrets>,
) -> Result<HttpResponse> {
    let span = Span::read(&secrets, LIST, filter.limit, DEFAULT_LIMIT, filter.cursor.as_deref())?;
    let mut rows = queries::drafts(&mut *pool.get().await?, &span).await?;
    for row in &mut rows {
        row.head.close(settings.comments_close_after_days);
    }
    let address = format!("{}/v1/drafts?limit={}", settings.public_url(), span.limit);
    let page = span.page(&secrets, LIST, &address, rows, |row| row.head.id)?;
    let mut response = HttpResponse::Ok();
    response.insert_header(PRIVATE);
    if let Some(link) = page.link() {
        response.insert_header((header::LINK, link));
    }
    Ok(response.json(page))
}

/// An article by its id, whoever may read it: what an editor begins with.
#[utoipa::path(
    tag = "articles",
    params(("id" = Uuid, Path, description = "The article.")),
    security(("bearer" = [])),
    responses((status = 200, description = "The whole article.", body = Article,
        headers(("ETag" = String, description = "Its revision, for `If-Match`."))))
)]
#[get("/drafts/{id}")]
pub async fn get_draft(
    _: DraftReader,
    id: Path<Uuid>,
    pool: Data<Pool>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let mut article = queries::by_id(&mut *pool.get().await?, id.into_inner()).await?;
    article.summary.head.close(settings.comments_close_after_days);
    Ok(HttpResponse::Ok().insert_header(PRIVATE).insert_header(etag(&article)).json(article))
}
