//! Reading a thread, page by page. Positions and paths never change, so a walk by them neither skips nor repeats; a walk
//! by rank misses nothing whose rank stays.

use super::{
    super::{
        rules::path,
        types::{CommentRow, CommentStatus, PlacedRow, Selection, Sort, ThreadHead},
    },
    answers,
    ranked::Ranked,
    with_authors,
};
use crate::{
    db::{
        AtMost, Conn, Fixed, fixed,
        schema::{article_slugs, articles, comments, threads},
    },
    http::{cursor::Direction, list::Span},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use diesel::{prelude::*, sql_types::Bool};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Written out, so that a plan that is made once knows it, and the index of what is published.
const IS_PUBLISHED: Fixed<Bool> = fixed("articles.status = 'published'");

/// Pinned roots of an article, at most.
const MAX_PINNED: i64 = 10;

/// Where a root stands: its rank, which only `top` looks at, and its position.
pub type RootKey = (i64, i64);

/// Where a reply stands among those that go on flat: its path, in base64.
pub type FlatKey = String;

/// The published article that has or had this slug, with its thread's counters.
pub async fn head(conn: &mut Conn, slug: &str) -> QueryResult<Option<ThreadHead>> {
    article_slugs::table
        .inner_join(articles::table.on(articles::id.eq(article_slugs::article_id)))
        .left_join(threads::table.on(threads::article_id.eq(articles::id)))
        .filter(article_slugs::slug.eq(slug))
        .filter(IS_PUBLISHED)
        .select(ThreadHead::as_select())
        .first(conn)
        .await
        .optional()
}

/// Roots that are shown, from the span on in its direction; one more than its limit.
pub async fn roots(
    conn: &mut Conn,
    article_id: Uuid,
    selection: &Selection,
    span: &Span<RootKey>,
) -> QueryResult<Vec<CommentRow>> {
    let mut roots = with_authors()
        .filter(comments::article_id.eq(article_id).and(comments::parent_id.is_null()).and(comments::shown))
        .select(CommentRow::as_select())
        .into_boxed();
    if let Some(section) = &selection.section {
        roots = roots.filter(comments::section_id.eq(section));
    }
    if let Some(answered) = selection.answered {
        roots = roots.filter(answers::is_answered(answered));
    }
    let (rank, position, limit) = (comments::rank, comments::position, span.limit + 1);
    let upward = (selection.sort == Sort::Oldest) == (span.direction == Direction::Next);
    match (selection.sort, upward) {
        (Sort::Oldest | Sort::Newest, true) => {
            let after = span.from.map_or(i64::MIN, |(_, position)| position);
            roots.filter(position.gt(after)).order(position.asc()).at_most(limit).load(conn).await
        }
        (Sort::Oldest | Sort::Newest, false) => {
            let before = span.from.map_or(i64::MAX, |(_, position)| position);
            roots.filter(position.lt(before)).order(position.desc()).at_most(limit).load(conn).await
        }
        (Sort::Top, _) => {
            let direction = span.direction;
            if let Some((rank, position)) = span.from {
                roots = roots.filter(Ranked { direction, rank, position });
            }
            match direction {
                Direction::Next => roots.order((rank.desc(), position.desc())).at_most(limit).load(conn).await,
                Direction::Previous => roots.order((rank.asc(), position.asc())).at_most(limit).load(conn).await,
            }
        }
    }
}

/// Roots that stand above the others under their article, in their order; visible ones only.
pub async fn pinned(conn: &mut Conn, article_id: Uuid) -> QueryResult<Vec<CommentRow>> {
    with_authors()
        .filter(comments::article_id.eq(article_id).and(comments::pin_no.is_not_null()))
        .filter(comments::status.eq(CommentStatus::Visible.as_str()))
        .order((comments::pin_no.asc(), comments::position.asc()))
        .select(CommentRow::as_select())
        .at_most(MAX_PINNED)
        .load(conn)
        .await
}

/// Direct replies that are shown, from the span on in its direction; one more than its limit.
pub async fn replies(conn: &mut Conn, parent_id: Uuid, span: &Span<i64>) -> QueryResult<Vec<CommentRow>> {
    let replies =
        with_authors().filter(comments::parent_id.eq(parent_id).and(comments::shown)).select(CommentRow::as_select());
    let (from, limit) = (span.from, span.limit + 1);
    if span.direction == Direction::Next {
        let after = from.unwrap_or(i64::MIN);
        replies.filter(comments::position.gt(after)).order(comments::position.asc()).at_most(limit).load(conn).await
    } else {
        let before = from.unwrap_or(i64::MAX);
        replies.filter(comments::position.lt(before)).order(comments::position.desc()).at_most(limit).load(conn).await
    }
}

/// All that is shown below a comment, in reading order, from the span on in its direction; one more than its limit.
pub async fn flat(conn: &mut Conn, of: &CommentRow, span: &Span<FlatKey>) -> QueryResult<Vec<CommentRow>> {
    let limit = span.limit + 1;
    let from = span.from.as_ref().map(|key| URL_SAFE_NO_PAD.decode(key).unwrap_or_default());
    let below = with_authors()
        .filter(comments::root_id.eq(of.root_id).and(comments::parent_id.is_not_null()).and(comments::shown))
        .select(CommentRow::as_select());
    if span.direction == Direction::Next {
        let range =
            comments::path.gt(from.unwrap_or_else(|| of.path.clone())).and(comments::path.lt(path::end(&of.path)));
        below.filter(range).order(comments::path.asc()).at_most(limit).load(conn).await
    } else {
        let range = comments::path.gt(&of.path).and(comments::path.lt(from.unwrap_or_else(|| path::end(&of.path))));
        below.filter(range).order(comments::path.desc()).at_most(limit).load(conn).await
    }
}

/// A reply's place among those that go on flat.
#[must_use]
pub fn flat_key(path: &[u8]) -> FlatKey {
    URL_SAFE_NO_PAD.encode(path)
}

/// A comment that is shown, under a published article.
pub async fn permalink(conn: &mut Conn, id: Uuid) -> QueryResult<Option<PlacedRow>> {
    with_authors()
        .inner_join(articles::table)
        .filter(comments::id.eq(id).and(comments::shown))
        .filter(IS_PUBLISHED)
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
