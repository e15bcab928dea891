//! What everybody may read. The same bytes for all: `Authorization` is ignored.

use super::super::{
    queries::{self, Place},
    rules,
    types::{Article, ArticleFilter, ArticleSummary, FormerAddress, Moved, Resolved, Slug},
};
use crate::{
    clock::Clock,
    config::Settings,
    db::Pool,
    error::{Error, Result},
    http::{
        list::{List, Span},
        query::Query,
        representation::Representation,
    },
    published::Published,
    screening::Policy,
    secrets::Secrets,
    text,
};
use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header,
    web::{Data, Path},
};
use std::collections::BTreeSet;

/// Articles in a list when the client does not say how many.
const DEFAULT_LIMIT: i64 = 20;

/// Published articles, newest first.
#[utoipa::path(
    tag = "articles",
    params(ArticleFilter),
    responses(
        (status = 200, description = "A page of them, without bodies.", body = List<ArticleSummary>),
        (status = 304, description = "As in `If-None-Match`."),
    )
)]
#[get("/articles")]
pub async fn list_articles(
    request: HttpRequest,
    Query(filter): Query<ArticleFilter>,
    pool: Data<Pool>,
    published: Data<Published>,
    settings: Data<Settings>,
    secrets: Data<Secrets>,
    clock: Data<Clock>,
) -> Result<HttpResponse> {
    let ArticleFilter { limit, cursor, tag } = filter;
    let tag = tag.map(|tag| text::slug(&tag));
    let list = format!("articles?tag={}", tag.as_deref().unwrap_or_default());
    let span = Span::read(&secrets, &list, limit, DEFAULT_LIMIT, cursor.as_deref())?;
    let key = format!("{list}&limit={}&cursor={}", span.limit, cursor.unwrap_or_default());
    let make = || make_list(Pool::clone(&pool), Secrets::clone(&secrets), settings, clock, list, tag, span);
    Ok(published.page(&key, make).await?.answer(&request))
}

async fn make_list(
    pool: Pool,
    secrets: Secrets,
    settings: Data<Settings>,
    clock: Data<Clock>,
    list: String,
    tag: Option<String>,
    span: Span<Place>,
) -> Result<Representation> {
    // Before the first look: what is read later is not younger than the page says.
    let now = clock.now();
    let mut rows = queries::published(&mut *pool.get().await?, tag.as_deref(), &span).await?;
    for row in &mut rows {
        row.head.close(settings.comments_close_after_days);
    }
    let filter = tag.map(|tag| format!("&tag={tag}")).unwrap_or_default();
    let address = format!("{}/v1/articles?limit={}{filter}", settings.public_url(), span.limit);
    let mut page =
        span.page(&secrets, &list, &address, rows, |row| (row.head.published_at.unwrap_or_default(), row.head.id))?;
    // Not `article:<id>` of each: whatever changes a public article touches its lists too, and headers have limits.
    let shown = page.items.iter().flat_map(written_by).chain([rules::LISTS.to_owned()]);
    let shown = shown.collect::<BTreeSet<_>>().into_iter().collect();
    let policy = Policy::of(&settings);
    let terms = page.items.iter_mut().map(|item| &mut item.head.comments);
    let valid_until = terms.filter_map(|terms| terms.come_into_force(now, &policy)).min();
    let mut made = Representation::json(&page, shown)?;
    made.valid_until = valid_until;
    match page.link() {
        Some(link) => made.with_header(header::LINK, &link),
        None => Ok(made),
    }
}

/// One published article, by the slug that it has. One that it had leads to it.
#[utoipa::path(
    tag = "articles",
    params(("slug" = String, Path, description = "Its place in addresses.")),
    responses(
        (status = 200, description = "The whole article.", body = Article),
        (status = 304, description = "As in `If-None-Match`."),
        (status = 308, description = "Its slug is another one now.", body = Moved,
            headers(("Location" = String, description = "Its present address, as an absolute path."))),
    )
)]
#[get("/articles/{slug}")]
pub async fn get_article(
    request: HttpRequest,
    slug: Path<Slug>,
    pool: Data<Pool>,
    published: Data<Published>,
    settings: Data<Settings>,
    clock: Data<Clock>,
) -> Result<HttpResponse> {
    let (slug, pool) = (slug.into_inner(), Pool::clone(&pool));
    let key = format!("articles/{}", slug.as_str());
    let page = published.page(&key, || make_article(pool, settings, clock, slug)).await?;
    Ok(page.answer(&request))
}

async fn make_article(pool: Pool, settings: Data<Settings>, clock: Data<Clock>, slug: Slug) -> Result<Representation> {
    let now = clock.now();
    let mut article = queries::by_published_slug(&mut *pool.get().await?, &slug).await?.ok_or_else(Error::not_found)?;
    let shown: Vec<_> = shown_by(&article.summary).collect();
    let present = &article.summary.head.slug;
    if present == slug.as_str() {
        article.summary.head.close(settings.comments_close_after_days);
        let valid_until = article.summary.head.comments.come_into_force(now, &Policy::of(&settings));
        let mut made = Representation::json(&article, shown)?;
        made.valid_until = valid_until;
        return Ok(made);
    }
    let moved = Moved { slug: present.clone(), url: rules::url(present) };
    Representation::json(&moved, shown)?.moved_to(&moved.url)
}

/// Where an address from before leads: to an article, or to a comment under it.
#[utoipa::path(
    tag = "articles",
    params(FormerAddress),
    responses(
        (status = 200, description = "The article that it meant.", body = Resolved),
        (status = 304, description = "As in `If-None-Match`."),
    ),
    extensions(("x-problems" = json!(["not_found"]))),
)]
#[get("/resolve")]
pub async fn resolve_address(
    request: HttpRequest,
    Query(asked): Query<FormerAddress>,
    pool: Data<Pool>,
    published: Data<Published>,
) -> Result<HttpResponse> {
    let meant = rules::addresses_meant(&asked.whole());
    let key = format!("resolve?path={}", meant.first().ok_or_else(Error::not_found)?);
    let page = published.page(&key, || make_resolved(Pool::clone(&pool), meant)).await?;
    Ok(page.answer(&request))
}

async fn make_resolved(pool: Pool, meant: Vec<String>) -> Result<Representation> {
    let known = queries::resolve(&mut *pool.get().await?, &meant).await?;
    let best = meant.iter().find_map(|address| known.iter().find(|row| row.path == *address));
    let best = best.ok_or_else(Error::not_found)?;
    let resolved = Resolved { url: rules::url(&best.slug), article: best.slug.clone(), comment_id: best.comment_id };
    // Comments that an import adds to the thread bring their addresses with them.
    let shown = vec![rules::tag(best.article_id), format!("thread:{}", best.article_id)];
    Representation::json(&resolved, shown)
}

/// The tags of what an article shows: itself and its authors.
fn shown_by(article: &ArticleSummary) -> impl Iterator<Item = String> {
    [rules::tag(article.head.id)].into_iter().chain(written_by(article))
}

fn written_by(article: &ArticleSummary) -> impl Iterator<Item = String> {
    article.authors.iter().map(|author| format!("account:{}", author.id))
}
