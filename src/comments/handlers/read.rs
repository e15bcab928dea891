//! Public reads: the same bytes for everybody, kept until something that they show changes.

use super::{
    super::{
        queries::{counts, thread},
        rules,
        types::{
            Budget, CommentCount, CommentCounts, CommentPage, CountQuery, DEFAULT_LIMIT, PageQuery, Permalink,
            Selection, Thread, ThreadQuery,
        },
    },
    page::{Maker, Shown, linked, replies_address, replies_list},
};
use crate::{
    articles::Slug,
    db::{Conn, Pool, snapshot},
    error::{Code, Error, Field, Result},
    http::{list::Span, query::Query, representation::Representation},
    published::Published,
    text,
};
use actix_web::{
    HttpRequest, HttpResponse, get,
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

/// A page of an article's thread: roots, each with the first replies, and these with theirs.
///
/// Wherever comments are missing there is the address of those that follow: `next` for roots, `replies.next` on every
/// comment. Whoever follows all of them by `oldest` or `newest` gets every comment that was visible throughout
/// exactly once; by `top`, every one whose rank did not change.
///
/// Replies nest as many levels as the publication says. Deeper ones go on flat: they stand, in reading order, in the
/// `replies` of their ancestor on the last level, each naming in `in_reply_to` what it replies to.
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
    maker: Maker,
) -> Result<HttpResponse> {
    let (slug, (selection, page)) = (slug.into_inner(), query.split()?);
    let key = page.at_cursor(&thread_address("", slug.as_str(), &selection, &page, maker.levels)?);
    let served = published.page(&key, || show_thread(maker, slug, selection, page)).await?;
    Ok(served.answer(&request))
}

/// The replies to a comment, oldest first, each with the first below it.
///
/// Below the last level that nests: everything that is below the comment, in reading order. Below a comment that is deeper
/// still: its direct replies.
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
    maker: Maker,
) -> Result<HttpResponse> {
    let id = id.into_inner();
    let key = page.at_cursor(&replies_address("", id, &page.canonical(maker.levels)?));
    let served = published.page(&key, || show_replies(maker, id, page)).await?;
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
    maker: Maker,
) -> Result<HttpResponse> {
    let id = id.into_inner();
    let served = published.page(&format!("/v1/comments/{id}"), || show_comment(maker, id)).await?;
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

async fn show_thread(maker: Maker, slug: Slug, selection: Selection, page: PageQuery) -> Result<Representation> {
    snapshot(&mut *maker.pool.get().await?, async |conn| read_thread(conn, &maker, slug, selection, page).await).await
}

async fn read_thread(
    conn: &mut Conn,
    maker: &Maker,
    slug: Slug,
    selection: Selection,
    page: PageQuery,
) -> Result<Representation> {
    let budget = page.budget(maker.levels)?;
    let head = thread::head(conn, slug.as_str()).await?.ok_or_else(Error::not_found)?;
    let list = format!("thread {} {}", head.id, selection.canonical());
    let span = Span::read(&maker.secrets, &list, page.limit, DEFAULT_LIMIT, page.cursor.as_deref())?;
    let address = thread_address(&maker.url, &head.slug, &selection, &page, maker.levels)?;
    if head.slug != slug.as_str() {
        let location = page.at_cursor(&address);
        let moved = json!({ "slug": head.slug, "url": location });
        return Representation::json(&moved, vec![format!("article:{}", head.id)])?.moved_to(&location);
    }
    let rows = thread::roots(conn, head.id, &selection, &span).await?;
    let roots = span.page(&maker.secrets, &list, &address, rows, |row| (row.rank, row.position))?;
    let first_of_all = page.cursor.is_none() && selection.section.is_none() && selection.answered.is_none();
    let pinned = if first_of_all { thread::pinned(conn, head.id).await? } else { Vec::new() };
    let (mut pinned, above) = maker.alone(pinned);
    let (mut list, shown) = maker.page_with_replies(conn, roots, budget).await?;
    let tags = maker.complete(conn, head.id, &mut [&mut list.items, &mut pinned], shown.and(above)).await?;
    let (link, count, root_count) = (list.link(), head.count.unwrap_or(0), head.root_count.unwrap_or(0));
    let page = CommentPage { list, replies: budget.replies, depth: budget.depth };
    let body = Thread { page, pinned, count, root_count };
    linked(Representation::json(&body, tags)?, link)
}

async fn show_replies(maker: Maker, id: Uuid, page: PageQuery) -> Result<Representation> {
    snapshot(&mut *maker.pool.get().await?, async |conn| read_replies(conn, &maker, id, page).await).await
}

async fn read_replies(conn: &mut Conn, maker: &Maker, id: Uuid, page: PageQuery) -> Result<Representation> {
    let budget = page.budget(maker.levels)?;
    let parent = thread::permalink(conn, id).await?.ok_or_else(Error::not_found)?;
    let (article_id, parent) = (parent.article.id, parent.comment);
    let address = replies_address(&maker.url, id, &page.canonical(maker.levels)?);
    let (secrets, name, cursor) = (&maker.secrets, replies_list(&parent, maker.levels), page.cursor.as_deref());
    let (mut replies, shown) = if parent.depth == maker.levels {
        let span = Span::read(secrets, &name, page.limit, DEFAULT_LIMIT, cursor)?;
        let rows = thread::flat(conn, &parent, &span).await?;
        let rows = span.page(secrets, &name, &address, rows, |row| thread::flat_key(&row.path))?;
        let shown = Shown::of(&rows.items);
        (rows.with(|rows| rules::flat(rows, maker.levels)), shown)
    } else {
        let span = Span::read(secrets, &name, page.limit, DEFAULT_LIMIT, cursor)?;
        let rows = thread::replies(conn, id, &span).await?;
        let rows = span.page(secrets, &name, &address, rows, |row| row.position)?;
        // What stands deeper than replies nest has nothing within it.
        let within = if parent.depth < maker.levels { budget } else { Budget::none(maker.levels) };
        maker.page_with_replies(conn, rows, within).await?
    };
    let tags = maker.complete(conn, article_id, &mut [&mut replies.items], shown).await?;
    let link = replies.link();
    let body = CommentPage { list: replies, replies: budget.replies, depth: budget.depth };
    linked(Representation::json(&body, tags)?, link)
}

async fn show_comment(maker: Maker, id: Uuid) -> Result<Representation> {
    let conn = &mut *maker.pool.get().await?;
    let placed = thread::permalink(conn, id).await?.ok_or_else(Error::not_found)?;
    let article_id = placed.article.id;
    let (mut alone, shown) = maker.alone(vec![placed.comment]);
    let tags = maker.complete(conn, article_id, &mut [&mut alone], shown).await?;
    let comment = alone.pop().ok_or_else(Error::not_found)?;
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

fn thread_address(url: &str, slug: &str, selection: &Selection, page: &PageQuery, levels: i32) -> Result<String> {
    let (selected, page) = (selection.canonical(), page.canonical(levels)?);
    Ok(format!("{url}/v1/articles/{slug}/comments?{selected}&{page}"))
}
