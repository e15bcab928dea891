//! A comment in its place.

use super::{
    super::{
        queries::{context, thread},
        types::{CommentRow, Context, ContextQuery, Siblings},
    },
    page::Maker,
};
use crate::{
    db::{Conn, snapshot},
    error::{Error, Result},
    http::{
        cursor::{self, Direction},
        query::Query,
        representation::Representation,
    },
    published::Published,
};
use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Ancestors in one answer, besides the root.
const MAX_ANCESTORS: i32 = 25;

/// Siblings on each side of a comment.
const MAX_SIBLINGS: i64 = 3;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(get_context);
}

/// A comment in its place: what it replies to up to the root, what stands beside it, and its first replies.
///
/// In deep conversations the answer has the root and the nearest 25 of the ancestors; `ancestors_next` is the address of the
/// same with those above them.
#[utoipa::path(
    tag = "comments",
    params(("id" = Uuid, Path, description = "The comment."), ContextQuery),
    responses(
        (status = 200, description = "The comment, or its tombstone, in its place.", body = Context),
        (status = 304, description = "As in `If-None-Match`."),
    ),
)]
#[get("/comments/{id}/context")]
pub async fn get_context(
    request: HttpRequest,
    id: Path<Uuid>,
    Query(query): Query<ContextQuery>,
    published: Data<Published>,
    maker: Maker,
) -> Result<HttpResponse> {
    let id = id.into_inner();
    let key = query.at_cursor(&address("", id, &query.budget(maker.levels)?.canonical()));
    let served = published.page(&key, || show_context(maker, id, query)).await?;
    Ok(served.answer(&request))
}

async fn show_context(maker: Maker, id: Uuid, query: ContextQuery) -> Result<Representation> {
    snapshot(&mut *maker.pool.get().await?, async |conn| read_context(conn, &maker, id, query).await).await
}

async fn read_context(conn: &mut Conn, maker: &Maker, id: Uuid, query: ContextQuery) -> Result<Representation> {
    let (budget, list) = (query.budget(maker.levels)?, format!("context {id}"));
    let from =
        query.cursor.as_deref().map(|cursor| cursor::decode::<Uuid>(&maker.secrets, &list, cursor)).transpose()?;
    let placed = thread::permalink(conn, id).await?.ok_or_else(Error::not_found)?;
    let (article, row) = (placed.article, placed.comment);
    let nearest = from.map(|(_, nearest)| nearest).or(row.parent_id);
    let ancestors = match nearest {
        Some(nearest) => context::ancestors(conn, nearest, row.root_id, MAX_ANCESTORS).await?,
        None => Vec::new(),
    };
    let left_out = left_out(&ancestors);
    let address = address(&maker.url, id, &budget.canonical());
    let ancestors_next = left_out.map(|above| {
        let cursor = cursor::encode(&maker.secrets, &list, Direction::Next, &above)?;
        Ok::<_, Error>(format!("{address}&cursor={cursor}"))
    });
    let mut before = context::beside(conn, &row, Direction::Previous, MAX_SIBLINGS).await?;
    before.reverse();
    let after = context::beside(conn, &row, Direction::Next, MAX_SIBLINGS).await?;
    let (mut comments, shown) = maker.with_replies(conn, vec![row], budget).await?;
    let (mut ancestors, above) = maker.alone(ancestors);
    let ((mut before, elder), (mut after, younger)) = (maker.alone(before), maker.alone(after));
    let lists = &mut [&mut comments[..], &mut ancestors, &mut before, &mut after];
    let shown = shown.and(above).and(elder).and(younger);
    let tags = maker.complete(conn, article.id, lists, shown).await?;
    let body = Context {
        article: article.slug,
        ancestors,
        ancestors_next: ancestors_next.transpose()?,
        comment: comments.pop().ok_or_else(Error::not_found)?,
        siblings: Siblings { before, after },
    };
    Representation::json(&body, tags)
}

/// The nearest of the ancestors that are missing between the root, which stands first, and the others.
fn left_out(ancestors: &[CommentRow]) -> Option<Uuid> {
    let [_, highest, ..] = ancestors else { return None };
    highest.parent_id.filter(|_| highest.depth > 1)
}

fn address(url: &str, id: Uuid, parameters: &str) -> String {
    format!("{url}/v1/comments/{id}/context?{parameters}")
}
