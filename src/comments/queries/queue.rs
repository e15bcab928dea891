//! The queue of what waits for a moderator.

use super::super::types::{
    ClaimState, FoundHit, QueueCount, QueueFilter, QueuePlace, QueueRow, QueueSort, QueueState, ReviewRow,
};
use crate::{
    db::{
        Conn,
        schema::{accounts, comment_hits, comment_revisions, comments, reviews},
    },
    http::{cursor::Direction, list::Span},
};
use chrono::{DateTime, Utc};
use diesel::{
    dsl::{count_star, min},
    prelude::*,
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// What waits, from the span on in its direction; one more than its limit.
pub async fn page(conn: &mut Conn, filter: &QueueFilter, span: &Span<QueuePlace>) -> QueryResult<Vec<QueueRow>> {
    let mut queue =
        reviews::table.left_join(accounts::table).select(QueueRow::as_select()).limit(span.limit + 1).into_boxed();
    if !filter.states.is_empty() {
        queue = queue.filter(reviews::state.eq_any(filter.states.iter().map(|state| state.as_str())));
    }
    if let Some(guest) = filter.guest {
        queue = queue.filter(reviews::by_guest.eq(guest));
    }
    if let Some(link) = filter.link {
        queue = queue.filter(reviews::has_link.eq(link));
    }
    if let Some(first_time) = filter.first_time {
        queue = queue.filter(reviews::first_time.eq(first_time));
    }
    if let Some(edited) = filter.edited {
        queue = queue.filter(reviews::edited.eq(edited));
    }
    if let Some(article_id) = filter.article_id {
        queue = queue.filter(reviews::article_id.eq(article_id));
    }
    if let Some(author_id) = filter.author_id {
        queue = queue.filter(reviews::author_id.eq(author_id));
    }
    let claimed = || reviews::claimed_by.is_not_null().and(reviews::claimed_until.gt(filter.now));
    queue = match filter.claim {
        Some(ClaimState::Mine) => queue.filter(claimed().and(reviews::claimed_by.eq(filter.viewer))),
        Some(ClaimState::Unclaimed) => {
            queue.filter(reviews::claimed_by.is_null().or(reviews::claimed_until.le(filter.now)))
        }
        None => queue,
    };
    let (priority, at, id) = (reviews::priority, reviews::queued_at, reviews::comment_id);
    let onward = span.direction == Direction::Next;
    if let Some((risk, from, beside)) = span.from {
        // Within one priority, or where it is not looked at. Said twice, since the first condition is what the index can
        // begin at.
        let later = || at.ge(from).and(at.gt(from).or(id.gt(beside)));
        let sooner = || at.le(from).and(at.lt(from).or(id.lt(beside)));
        queue = match (filter.sort, onward) {
            (QueueSort::Age, true) => queue.filter(later()),
            (QueueSort::Age, false) => queue.filter(sooner()),
            (QueueSort::Risk, true) => queue.filter(priority.lt(risk).or(priority.eq(risk).and(later()))),
            (QueueSort::Risk, false) => queue.filter(priority.gt(risk).or(priority.eq(risk).and(sooner()))),
        };
    }
    match (filter.sort, onward) {
        (QueueSort::Age, true) => queue.order((at.asc(), id.asc())).load(conn).await,
        (QueueSort::Age, false) => queue.order((at.desc(), id.desc())).load(conn).await,
        (QueueSort::Risk, true) => queue.order((priority.desc(), at.asc(), id.asc())).load(conn).await,
        (QueueSort::Risk, false) => queue.order((priority.asc(), at.desc(), id.desc())).load(conn).await,
    }
}

/// How many wait, by state and priority, and since when.
pub async fn counts(conn: &mut Conn) -> QueryResult<Vec<QueueCount>> {
    reviews::table
        .group_by((reviews::state, reviews::priority))
        .select((reviews::state, reviews::priority, count_star(), min(reviews::queued_at)))
        .load(conn)
        .await
}

/// What the checks found in these comments as they are now, in the order of the checks.
pub async fn hits(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<Vec<FoundHit>> {
    comment_hits::table
        .inner_join(comments::table)
        .filter(comment_hits::comment_id.eq_any(comment_ids).and(comment_hits::revision.eq(comments::revision)))
        .order((comment_hits::comment_id, comment_hits::place))
        .select(FoundHit::as_select())
        .load(conn)
        .await
}

/// What the checks found in a comment as it was and is, `limit` at most, the newest first.
pub async fn hits_of(conn: &mut Conn, comment_id: Uuid, limit: i64) -> QueryResult<Vec<FoundHit>> {
    comment_hits::table
        .filter(comment_hits::comment_id.eq(comment_id))
        .order((comment_hits::revision.desc(), comment_hits::place.desc()))
        .limit(limit)
        .select(FoundHit::as_select())
        .load(conn)
        .await
}

/// When the texts of a comment were replaced, by their revisions, `limit` at most, the newest first.
pub async fn replaced(conn: &mut Conn, comment_id: Uuid, limit: i64) -> QueryResult<Vec<(i64, DateTime<Utc>)>> {
    comment_revisions::table
        .filter(comment_revisions::comment_id.eq(comment_id))
        .order(comment_revisions::revision.desc())
        .limit(limit)
        .select((comment_revisions::revision, comment_revisions::replaced_at))
        .load(conn)
        .await
}

/// The places that comments have in the queue, held until the end of the transaction.
pub async fn hold(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<Vec<ReviewRow>> {
    reviews::table
        .filter(reviews::comment_id.eq_any(comment_ids))
        .order(reviews::comment_id)
        .select(ReviewRow::as_select())
        .for_update()
        .load(conn)
        .await
}

/// Gives what waits to a moderator alone, unless another has it. Nothing is changed where that is so.
pub async fn claim(
    conn: &mut Conn,
    comment_id: Uuid,
    by: Uuid,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> QueryResult<usize> {
    let free = reviews::claimed_by.is_null().or(reviews::claimed_by.eq(by)).or(reviews::claimed_until.le(now));
    diesel::update(reviews::table.find(comment_id).filter(free))
        .set((reviews::claimed_by.eq(by), reviews::claimed_until.eq(until)))
        .execute(conn)
        .await
}

/// Ends what a moderator has alone.
pub async fn release(conn: &mut Conn, comment_id: Uuid, by: Uuid) -> QueryResult<usize> {
    diesel::update(reviews::table.find(comment_id).filter(reviews::claimed_by.eq(by)))
        .set((reviews::claimed_by.eq(None::<Uuid>), reviews::claimed_until.eq(None::<DateTime<Utc>>)))
        .execute(conn)
        .await
}

/// A comment's place in the queue, with who claimed it.
pub async fn find(conn: &mut Conn, comment_id: Uuid) -> QueryResult<Option<QueueRow>> {
    reviews::table
        .left_join(accounts::table)
        .filter(reviews::comment_id.eq(comment_id))
        .select(QueueRow::as_select())
        .first(conn)
        .await
        .optional()
}

/// Somebody's comments that wait and are not shown, and that no other moderator works on; the oldest first.
pub async fn of_author(
    conn: &mut Conn,
    author_id: Uuid,
    by: Uuid,
    now: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<Uuid>> {
    let free = reviews::claimed_by.is_null().or(reviews::claimed_by.eq(by)).or(reviews::claimed_until.le(now));
    reviews::table
        .filter(reviews::author_id.eq(author_id).and(reviews::state.ne(QueueState::Reported.as_str())))
        .filter(free)
        .order((reviews::queued_at, reviews::comment_id))
        .limit(limit)
        .select(reviews::comment_id)
        .load(conn)
        .await
}

/// How many of somebody's comments wait and are not shown.
pub async fn count_of_author(conn: &mut Conn, author_id: Uuid) -> QueryResult<i64> {
    reviews::table
        .filter(reviews::author_id.eq(author_id).and(reviews::state.ne(QueueState::Reported.as_str())))
        .count()
        .get_result(conn)
        .await
}
