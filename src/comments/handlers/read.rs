//! Public reads: the same bytes for everybody, kept until something that they show changes.

use super::super::{
    actions,
    queries::{counts, first_below::first_below, thread},
    rules,
    types::{
        Comment, CommentCount, CommentCounts, CommentPage, CommentRow, CommentStatus, CountQuery, DEFAULT_LIMIT,
        PageQuery, Permalink, Replies, Sort, Thread, ThreadQuery,
    },
};
use crate::{
    articles::Slug,
    config::Settings,
    db::{Conn, Pool},
    error::{Code, Error, Field, Result},
    http::{
        cursor::{self, Direction},
        list::{List, Span},
        query::Query,
        representation::Representation,
    },
    published::Published,
    secrets::Secrets,
    text,
};
use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header,
    web::{Data, Path},
};
use serde_json::json;
use std::collections::{BTreeSet, HashMap};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Slugs in one question for counts, at most.
const MAX_COUNTED: usize = 100;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_comments).service(list_replies).service(get_comment).service(count_comments);
}

/// A page of an article's thread: roots, each with the first comments below it.
///
/// Wherever comments are missing there is the address of those that follow: `next` for roots, `replies.next` on every
/// comment. Whoever follows all of them by `oldest` or `newest` gets every comment that was visible throughout
/// exactly once.
#[utoipa::path(
    tag = "comments",
    params(("slug" = String, Path, description = "The article's slug.", example = "how-to-listen"), ThreadQuery),
    responses(
        (status = 200, description = "A page of it.", body = Thread),
        (status = 304, description = "As in `If-None-Match`."),
        (status = 308, description = "The article has another slug now.",
            headers(("Location" = String, description = "Its present thread, with all that was asked."))),
    ),
)]
#[get("/articles/{slug}/comments")]
pub async fn list_comments(
    request: HttpRequest,
    slug: Path<Slug>,
    Query(query): Query<ThreadQuery>,
    published: Data<Published>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let (slug, (sort, page)) = (slug.into_inner(), query.split());
    let key = page.at_cursor(&thread_address("", slug.as_str(), sort, &page)?);
    let served = published.page(&key, || show_thread(pool, secrets, settings, slug, sort, page)).await?;
    Ok(served.answer(&request))
}

/// The replies to a comment, oldest first, each with the first comments below it.
#[utoipa::path(
    tag = "comments",
    params(("id" = Uuid, Path, description = "The comment."), PageQuery),
    responses(
        (status = 200, description = "A page of them.", body = CommentPage),
        (status = 304, description = "As in `If-None-Match`."),
    ),
)]
#[get("/comments/{id}/replies")]
pub async fn list_replies(
    request: HttpRequest,
    id: Path<Uuid>,
    Query(page): Query<PageQuery>,
    published: Data<Published>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let id = id.into_inner();
    let key = page.at_cursor(&replies_address("", id, &page.canonical()?));
    let served = published.page(&key, || show_replies(pool, secrets, settings, id, page)).await?;
    Ok(served.answer(&request))
}

/// A comment on its own: its permalink. A tombstone while visible replies hang on it.
#[utoipa::path(
    tag = "comments",
    params(("id" = Uuid, Path, description = "The comment.")),
    responses(
        (status = 200, description = "The comment, or its tombstone.", body = Permalink),
        (status = 304, description = "As in `If-None-Match`."),
    ),
)]
#[get("/comments/{id}")]
pub async fn get_comment(
    request: HttpRequest,
    id: Path<Uuid>,
    published: Data<Published>,
    pool: Data<Pool>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let id = id.into_inner();
    let served = published.page(&format!("/v1/comments/{id}"), || show_comment(pool, settings, id)).await?;
    Ok(served.answer(&request))
}

/// How many comments each of up to 100 articles has. What is no published article is left out.
#[utoipa::path(
    tag = "comments",
    params(CountQuery),
    responses(
        (status = 200, description = "The counts.", body = CommentCounts),
        (status = 304, description = "As in `If-None-Match`."),
    ),
)]
#[get("/comment-counts")]
pub async fn count_comments(
    request: HttpRequest,
    Query(query): Query<CountQuery>,
    published: Data<Published>,
    pool: Data<Pool>,
) -> Result<HttpResponse> {
    let slugs: Vec<String> = query.articles.split(',').map(|slug| slug.trim().to_owned()).collect();
    if slugs.len() > MAX_COUNTED || slugs.iter().any(String::is_empty) {
        let field = Field::parameter("articles", "out_of_range", "must be 1 to 100 slugs separated by commas");
        return Err(Error::new(Code::BadRequest, "A query parameter is not acceptable.").at(field));
    }
    let key = format!("/v1/comment-counts?articles={}", slugs.join(","));
    Ok(published.page(&key, || show_counts(pool, slugs)).await?.answer(&request))
}

async fn show_thread(
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
    slug: Slug,
    sort: Sort,
    page: PageQuery,
) -> Result<Representation> {
    let mut conn = pool.get().await?;
    let head = thread::head(&mut conn, slug.as_str()).await?.ok_or_else(Error::not_found)?;
    let list = format!("thread {} {}", head.id, sort.as_str());
    let span = Span::read(&secrets, &list, page.limit, DEFAULT_LIMIT, page.cursor.as_deref())?;
    let url = settings.public_url();
    let address = thread_address(&url, &head.slug, sort, &page)?;
    if head.slug != slug.as_str() {
        let location = page.at_cursor(&address);
        let moved = json!({ "slug": head.slug, "url": location });
        return Representation::json(&moved, vec![format!("article:{}", head.id)])?.moved_to(&location);
    }
    let rows = thread::roots(&mut conn, head.id, sort, &span).await?;
    let roots = span.page(&secrets, &list, &address, rows, |row| row.position)?;
    let (page, tags) = with_replies(&mut conn, &secrets, &url, roots, page.replies()?, head.id).await?;
    let link = page.list.link();
    let body = Thread { page, count: head.count.unwrap_or(0), root_count: head.root_count.unwrap_or(0) };
    linked(Representation::json(&body, tags)?, link)
}

async fn show_replies(
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
    id: Uuid,
    page: PageQuery,
) -> Result<Representation> {
    let list = replies_list(id);
    let span = Span::read(&secrets, &list, page.limit, DEFAULT_LIMIT, page.cursor.as_deref())?;
    let mut conn = pool.get().await?;
    let parent = thread::permalink(&mut conn, id).await?.ok_or_else(Error::not_found)?;
    let url = settings.public_url();
    let rows = thread::replies(&mut conn, id, &span).await?;
    let replies =
        span.page(&secrets, &list, &replies_address(&url, id, &page.canonical()?), rows, |row| row.position)?;
    let (page, tags) = with_replies(&mut conn, &secrets, &url, replies, page.replies()?, parent.article.id).await?;
    let link = page.list.link();
    linked(Representation::json(&page, tags)?, link)
}

async fn show_comment(pool: Data<Pool>, settings: Data<Settings>, id: Uuid) -> Result<Representation> {
    let conn = &mut *pool.get().await?;
    let placed = thread::permalink(conn, id).await?.ok_or_else(Error::not_found)?;
    let mut tags = tags(placed.article.id, [&placed.comment]);
    let mentions = actions::mentions_on(conn, [&placed.comment], is_visible).await?;
    tags.extend(mentions.tags());
    let url = settings.public_url();
    let next = (placed.comment.reply_count > 0).then(|| format!("{url}/v1/comments/{id}/replies"));
    let mut comment = Comment::public(placed.comment, Replies { items: Vec::new(), next });
    mentions.fill([&mut comment]);
    Representation::json(&Permalink { comment, article: placed.article.slug }, tags)
}

async fn show_counts(pool: Data<Pool>, slugs: Vec<String>) -> Result<Representation> {
    let asked: Vec<&str> = slugs.iter().map(String::as_str).filter(|slug| text::is_slug(slug)).collect();
    let counted = counts::counted(&mut *pool.get().await?, &asked).await?;
    let mut tags: BTreeSet<String> = counted
        .iter()
        .flat_map(|each| [format!("article:{}", each.article_id), format!("thread:{}", each.article_id)])
        .collect();
    let counted: HashMap<String, i32> = counted.into_iter().map(|each| (each.slug, each.count.unwrap_or(0))).collect();
    if slugs.iter().any(|slug| !counted.contains_key(slug)) {
        // Whoever asked for what is not there wants to know when it is.
        tags.insert("articles".into());
    }
    let items = slugs.into_iter().filter_map(|article| {
        let count = *counted.get(&article)?;
        Some(CommentCount { article, count })
    });
    Representation::json(&CommentCounts { items: items.collect() }, tags.into_iter().collect())
}

/// Puts the first comments below each under it, and tells what the page shows.
async fn with_replies(
    conn: &mut Conn,
    secrets: &Secrets,
    url: &str,
    heads: List<CommentRow>,
    budget: i64,
    article_id: Uuid,
) -> Result<(CommentPage, Vec<String>)> {
    let below = first_below(conn, &heads.items, budget).await?;
    let mut tags = tags(article_id, heads.items.iter().chain(&below));
    let mentions = actions::mentions_on(conn, heads.items.iter().chain(&below), is_visible).await?;
    tags.extend(mentions.tags());
    let next = |id, after: Option<i64>| {
        let address = replies_address(url, id, &format!("limit={DEFAULT_LIMIT}&replies={budget}"));
        let cursor = after.map(|after| cursor::encode(secrets, &replies_list(id), Direction::Next, &after));
        Ok(cursor.transpose()?.map_or_else(|| address.clone(), |cursor| format!("{address}&cursor={cursor}")))
    };
    let mut items = rules::nest(heads.items, below, next)?;
    mentions.fill(&mut items);
    let list = List { items, limit: heads.limit, next: heads.next, prev: heads.prev };
    Ok((CommentPage { list, replies: budget }, tags))
}

fn is_visible(row: &CommentRow) -> bool {
    row.status == CommentStatus::Visible
}

fn tags<'a>(article_id: Uuid, rows: impl IntoIterator<Item = &'a CommentRow>) -> Vec<String> {
    let visible = rows.into_iter().filter(|row| is_visible(row));
    let members: BTreeSet<Uuid> = visible.filter_map(|row| row.account_id).collect();
    let members = members.into_iter().map(|id| format!("account:{id}"));
    [format!("thread:{article_id}"), format!("article:{article_id}")].into_iter().chain(members).collect()
}

fn linked(page: Representation, link: Option<String>) -> Result<Representation> {
    match link {
        Some(link) => page.with_header(header::LINK, &link),
        None => Ok(page),
    }
}

fn thread_address(url: &str, slug: &str, sort: Sort, page: &PageQuery) -> Result<String> {
    Ok(format!("{url}/v1/articles/{slug}/comments?sort={}&{}", sort.as_str(), page.canonical()?))
}

fn replies_address(url: &str, id: Uuid, parameters: &str) -> String {
    format!("{url}/v1/comments/{id}/replies?{parameters}")
}

/// What cursors of the replies to a comment are good for.
fn replies_list(id: Uuid) -> String {
    format!("replies {id}")
}
