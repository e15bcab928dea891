//! What was decided on comments.

use super::super::types::{CommentedArticle, LogFilter, NewVerdict, VerdictRow};
use crate::{
    db::{
        Conn,
        schema::{accounts, articles, comments, guests, verdicts},
    },
    http::{cursor::Direction, list::Span},
};
use chrono::{DateTime, Utc};
use diesel::{
    dsl::{count_star, exists, select},
    prelude::*,
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// The articles of comments, which may be named more than once.
pub async fn articles_of(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<Vec<Uuid>> {
    comments::table.filter(comments::id.eq_any(comment_ids)).select(comments::article_id).load(conn).await
}

/// Keeps verdicts.
pub async fn insert(conn: &mut Conn, rows: &[NewVerdict]) -> QueryResult<usize> {
    diesel::insert_into(verdicts::table).values(rows).execute(conn).await
}

/// One verdict.
pub async fn find(conn: &mut Conn, id: Uuid) -> QueryResult<Option<VerdictRow>> {
    verdicts::table.find(id).select(VerdictRow::as_select()).first(conn).await.optional()
}

/// The last verdict on each of these comments that stands.
pub async fn last_of(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<Vec<VerdictRow>> {
    verdicts::table
        .filter(verdicts::comment_id.eq_any(comment_ids).and(verdicts::undone_at.is_null()))
        .order((verdicts::comment_id, verdicts::at.desc(), verdicts::id.desc()))
        .distinct_on(verdicts::comment_id)
        .select(VerdictRow::as_select())
        .load(conn)
        .await
}

/// The verdicts on these comments that were given or taken back since some time.
pub async fn acted_on(conn: &mut Conn, comment_ids: &[Uuid], since: DateTime<Utc>) -> QueryResult<Vec<VerdictRow>> {
    let lately = verdicts::at.gt(since).or(verdicts::undone_at.gt(since).assume_not_null());
    verdicts::table
        .filter(verdicts::comment_id.eq_any(comment_ids).and(lately))
        .select(VerdictRow::as_select())
        .load(conn)
        .await
}

/// Marks a verdict as undone.
pub async fn undo(conn: &mut Conn, id: Uuid, by: Uuid, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(verdicts::table.find(id))
        .set((verdicts::undone_by.eq(by), verdicts::undone_at.eq(now)))
        .execute(conn)
        .await
}

/// The last verdicts on a comment, `limit` at most, the newest first.
pub async fn of_comment(conn: &mut Conn, comment_id: Uuid, limit: i64) -> QueryResult<Vec<VerdictRow>> {
    verdicts::table
        .filter(verdicts::comment_id.eq(comment_id))
        .order((verdicts::at.desc(), verdicts::id.desc()))
        .limit(limit)
        .select(VerdictRow::as_select())
        .load(conn)
        .await
}

/// Verdicts, the newest first, from the span on in its direction; one more than its limit.
pub async fn log(
    conn: &mut Conn,
    filter: &LogFilter,
    span: &Span<(DateTime<Utc>, Uuid)>,
) -> QueryResult<Vec<(VerdictRow, CommentedArticle)>> {
    let mut log = verdicts::table
        .inner_join(comments::table.inner_join(articles::table))
        .select((VerdictRow::as_select(), CommentedArticle::as_select()))
        .limit(span.limit + 1)
        .into_boxed();
    let (at, id) = (verdicts::at, verdicts::id);
    if let Some(moderator) = filter.moderator_id {
        log = log.filter(verdicts::by_account.eq(moderator));
    }
    if let Some(reason) = filter.reason {
        log = log.filter(verdicts::reason.eq(reason));
    }
    if let Some(became) = filter.became {
        log = log.filter(verdicts::became.eq(became));
    }
    if let Some(from) = filter.from {
        log = log.filter(at.ge(from));
    }
    if let Some(until) = filter.until {
        log = log.filter(at.lt(until));
    }
    if let Some((from, beside)) = span.from {
        log = match span.direction {
            Direction::Next => log.filter(at.le(from).and(at.lt(from).or(id.lt(beside)))),
            Direction::Previous => log.filter(at.ge(from).and(at.gt(from).or(id.gt(beside)))),
        };
    }
    match span.direction {
        Direction::Next => log.order((at.desc(), id.desc())),
        Direction::Previous => log.order((at.asc(), id.asc())),
    }
    .load(conn)
    .await
}

/// How often comments of these authors became what, since some time, by verdicts that stand.
pub async fn records(
    conn: &mut Conn,
    author_ids: &[Uuid],
    since: DateTime<Utc>,
) -> QueryResult<Vec<(Option<Uuid>, String, i64)>> {
    verdicts::table
        .filter(verdicts::author_id.eq_any(author_ids).and(verdicts::at.gt(since)))
        .filter(verdicts::undone_at.is_null().and(verdicts::became.eq_any(["visible", "rejected"])))
        .group_by((verdicts::author_id, verdicts::became))
        .select((verdicts::author_id, verdicts::became, count_star()))
        .load(conn)
        .await
}

/// Takes authors off what was decided on their comments, with what they were told.
pub async fn unlink(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<usize> {
    diesel::update(verdicts::table.filter(verdicts::comment_id.eq_any(comment_ids)))
        .set((verdicts::author_id.eq(None::<Uuid>), verdicts::message.eq(None::<String>)))
        .execute(conn)
        .await
}

/// What was decided on what a guest wrote is about an account now.
pub async fn claim(conn: &mut Conn, guest_id: Uuid, account_id: Uuid) -> QueryResult<usize> {
    diesel::update(verdicts::table.filter(verdicts::author_id.eq(guest_id)))
        .set(verdicts::author_id.eq(account_id))
        .execute(conn)
        .await
}

/// Whether there is such an account, or such a guest.
pub async fn is_author(conn: &mut Conn, id: Uuid) -> QueryResult<bool> {
    let (account, guest) = (accounts::table.find(id), guests::table.find(id));
    select(exists(account).or(exists(guest))).get_result(conn).await
}
