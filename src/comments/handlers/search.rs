//! Looking for words in a thread.

use super::{
    super::{
        queries::{search, thread},
        types::{Comment, DEFAULT_LIMIT, SearchQuery, Words},
    },
    page::{Maker, linked},
};
use crate::{
    articles::Slug,
    error::{Error, Result},
    http::{
        cursor::{self, Direction},
        list::{List, MAX_LIMIT, Span},
        query::Query,
        representation::Representation,
    },
    published::Published,
};
use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path},
};
use serde_json::json;
use utoipa_actix_web::service_config::ServiceConfig;

/// Comments that one request looks through, at most.
const LOOKED_THROUGH: i64 = 5000;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(search_comments);
}

/// Comments of a thread that hold all the words, the newest first, without replies.
///
/// One request looks through 5000 comments at most, and `next` goes on where the look ended: a page may have few items or none
/// and a `next` all the same. Only what everybody sees is looked through.
#[utoipa::path(
    tag = "comments",
    params(("slug" = String, Path, description = "The article's slug.", example = "how-to-listen"), SearchQuery),
    responses(
        (status = 200, description = "What was found.", body = List<Comment>),
        (status = 304, description = "As in `If-None-Match`."),
        (status = 308, description = "The article has another slug now.",
            headers(("Location" = String, description = "The same there."))),
    ),
)]
#[get("/articles/{slug}/comments/search")]
pub async fn search_comments(
    request: HttpRequest,
    slug: Path<Slug>,
    Query(query): Query<SearchQuery>,
    published: Data<Published>,
    maker: Maker,
) -> Result<HttpResponse> {
    let (slug, words) = (slug.into_inner(), query.words()?);
    let cursor = query.cursor.as_deref().unwrap_or_default();
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT).min(MAX_LIMIT);
    let key = format!("{}&limit={limit}&cursor={cursor}", address("", slug.as_str(), &words));
    let served = published.page(&key, || show_found(maker, slug, words, query)).await?;
    Ok(served.answer(&request))
}

async fn show_found(maker: Maker, slug: Slug, words: Words, query: SearchQuery) -> Result<Representation> {
    let conn = &mut *maker.pool.get().await?;
    let head = thread::head(conn, slug.as_str()).await?.ok_or_else(Error::not_found)?;
    let name = format!("search {} {}", head.id, words.canonical());
    let span: Span<i64> = Span::read(&maker.secrets, &name, query.limit, DEFAULT_LIMIT, query.cursor.as_deref())?;
    let address = format!("{}&limit={}", address(&maker.url, &head.slug, &words), span.limit);
    let at = |cursor: &str| format!("{address}&cursor={cursor}");
    if head.slug != slug.as_str() {
        let location = query.cursor.as_deref().map_or_else(|| address.clone(), at);
        let moved = json!({ "slug": head.slug, "url": location });
        return Representation::json(&moved, vec![format!("article:{}", head.id)])?.moved_to(&location);
    }
    let end = span.from.unwrap_or_else(|| head.last_position.unwrap_or(0) + 1);
    let positions = (end - LOOKED_THROUGH)..end;
    let mut rows = search::holding(conn, head.id, &positions, &words.patterns(), span.limit + 1).await?;
    let limit = usize::try_from(span.limit).unwrap_or_default();
    let more = rows.len() > limit;
    rows.truncate(limit);
    let ended = if more { rows.last().map(|row| row.position) } else { Some(positions.start) };
    // The first position of all is 1.
    let next = ended
        .filter(|position| *position > 1)
        .map(|position| cursor::encode(&maker.secrets, &name, Direction::Next, &position).map(|cursor| at(&cursor)));
    let (mut items, shown) = maker.alone(rows);
    let tags = maker.complete(conn, head.id, &mut [&mut items], shown).await?;
    let page = List { items, limit: span.limit, next: next.transpose()?, prev: None };
    let link = page.link();
    linked(Representation::json(&page, tags)?, link)
}

fn address(url: &str, slug: &str, words: &Words) -> String {
    format!("{url}/v1/articles/{slug}/comments/search?{}", words.canonical())
}
