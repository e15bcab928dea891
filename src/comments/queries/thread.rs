//! Reading a thread, page by page. Positions and paths never change, so a walk by them neither skips nor repeats.

use super::{
    super::types::{CommentRow, PlacedRow, Sort, ThreadHead},
    with_authors,
};
use crate::{
    db::{
        Conn,
        schema::{article_slugs, articles, comments, threads},
    },
    http::{cursor::Direction, list::Span},
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// The published article that has or had this slug, with its thread's counters.
pub async fn head(conn: &mut Conn, slug: &str) -> QueryResult<Option<ThreadHead>> {
    article_slugs::table
        .inner_join(articles::table.on(articles::id.eq(article_slugs::article_id)))
        .left_join(threads::table.on(threads::article_id.eq(articles::id)))
        .filter(article_slugs::slug.eq(slug))
        .filter(articles::status.eq("published"))
        .select(ThreadHead::as_select())
        .first(conn)
        .await
        .optional()
}

/// Roots that are shown, from the span on in its direction; one more than its limit.
pub async fn roots(conn: &mut Conn, article_id: Uuid, sort: Sort, span: &Span<i64>) -> QueryResult<Vec<CommentRow>> {
    let roots = with_authors()
        .filter(comments::article_id.eq(article_id).and(comments::parent_id.is_null()).and(comments::shown))
        .select(CommentRow::as_select())
        .limit(span.limit + 1);
    let from = span.from;
    if (sort == Sort::Oldest) == (span.direction == Direction::Next) {
        let after = from.unwrap_or(i64::MIN);
        roots.filter(comments::position.gt(after)).order(comments::position.asc()).load(conn).await
    } else {
        let before = from.unwrap_or(i64::MAX);
        roots.filter(comments::position.lt(before)).order(comments::position.desc()).load(conn).await
    }
}

/// Direct replies that are shown, from the span on in its direction; one more than its limit.
pub async fn replies(conn: &mut Conn, parent_id: Uuid, span: &Span<i64>) -> QueryResult<Vec<CommentRow>> {
    let replies = with_authors()
        .filter(comments::parent_id.eq(parent_id).and(comments::shown))
        .select(CommentRow::as_select())
        .limit(span.limit + 1);
    let from = span.from;
    if span.direction == Direction::Next {
        let after = from.unwrap_or(i64::MIN);
        replies.filter(comments::position.gt(after)).order(comments::position.asc()).load(conn).await
    } else {
        let before = from.unwrap_or(i64::MAX);
        replies.filter(comments::position.lt(before)).order(comments::position.desc()).load(conn).await
    }
}

/// A comment that is shown, under a published article.
pub async fn permalink(conn: &mut Conn, id: Uuid) -> QueryResult<Option<PlacedRow>> {
    with_authors()
        .inner_join(articles::table)
        .filter(comments::id.eq(id).and(comments::shown).and(articles::status.eq("published")))
        .select(PlacedRow::as_select())
        .first(conn)
        .await
        .optional()
}

/// A comment, whatever its status, with its article, whatever its status.
pub async fn find(conn: &mut Conn, id: Uuid) -> QueryResult<Option<PlacedRow>> {
    with_authors()
        .inner_join(articles::table)
        .filter(comments::id.eq(id))
        .select(PlacedRow::as_select())
        .first(conn)
        .await
        .optional()
}

/// The same for several, in any order.
pub async fn find_each(conn: &mut Conn, ids: &[Uuid]) -> QueryResult<Vec<PlacedRow>> {
    with_authors()
        .inner_join(articles::table)
        .filter(comments::id.eq_any(ids))
        .select(PlacedRow::as_select())
        .load(conn)
        .await
}
