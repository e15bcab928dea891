//! Statements on alerts.

use super::super::types::{Alert, AlertKey, DueAlert, NewAlert, Standing};
use crate::{
    db::{Conn, schema::alerts},
    http::{cursor::Direction, list::Span},
};
use chrono::{DateTime, Utc};
use diesel::{prelude::*, query_dsl::methods, upsert::excluded};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// All there are: as many as comments wait that should not, or have just been decided.
pub async fn standing(conn: &mut Conn) -> QueryResult<Vec<Standing>> {
    alerts::table.select(Standing::as_select()).load(conn).await
}

/// Raises alerts. A comment has one: it begins anew only when more is asked for than before.
pub async fn raise(conn: &mut Conn, new: &[NewAlert]) -> QueryResult<usize> {
    let anew = diesel::insert_into(alerts::table).values(new).on_conflict(alerts::comment_id).do_update().set((
        alerts::priority.eq(excluded(alerts::priority)),
        alerts::calls.eq(0),
        alerts::next_at.eq(excluded(alerts::next_at)),
        alerts::acknowledged_by.eq(None::<Uuid>),
        alerts::acknowledged_at.eq(None::<DateTime<Utc>>),
    ));
    // As a method it would be ambiguous for tables.
    methods::FilterDsl::filter(anew, alerts::priority.lt(excluded(alerts::priority))).execute(conn).await
}

/// Ends the alerts of comments that wait no more.
pub async fn end(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<usize> {
    diesel::delete(alerts::table.filter(alerts::comment_id.eq_any(comment_ids))).execute(conn).await
}

/// Alerts for which somebody should be called now, locked; those that another node is looking at are passed over.
pub async fn lock_due(conn: &mut Conn, now: DateTime<Utc>, limit: i64) -> QueryResult<Vec<DueAlert>> {
    alerts::table
        .filter(alerts::next_at.le(now))
        .order((alerts::next_at, alerts::id))
        .limit(limit)
        .select(DueAlert::as_select())
        .for_update()
        .skip_locked()
        .load(conn)
        .await
}

/// Notes that somebody was called, and when the next is.
pub async fn called(conn: &mut Conn, ids: &[Uuid], next_at: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(alerts::table.filter(alerts::id.eq_any(ids)))
        .set((alerts::calls.eq(alerts::calls + 1), alerts::next_at.eq(next_at)))
        .execute(conn)
        .await
}

/// Notes that nobody is called any more.
pub async fn give_up(conn: &mut Conn, ids: &[Uuid]) -> QueryResult<usize> {
    diesel::update(alerts::table.filter(alerts::id.eq_any(ids)))
        .set(alerts::next_at.eq(None::<DateTime<Utc>>))
        .execute(conn)
        .await
}

/// Calls again because of what was given up.
pub async fn call_anew(conn: &mut Conn, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(alerts::table.filter(alerts::next_at.is_null().and(alerts::acknowledged_at.is_null())))
        .set((alerts::calls.eq(0), alerts::next_at.eq(now)))
        .execute(conn)
        .await
}

/// Alerts, those that nobody has answered first, each the oldest first; one more than the page holds.
pub async fn page(conn: &mut Conn, span: &Span<AlertKey>) -> QueryResult<Vec<Alert>> {
    let mut query = alerts::table.select(Alert::as_select()).limit(span.limit + 1).into_boxed();
    let (at, id, answered) = (alerts::created_at, alerts::id, alerts::acknowledged_at.is_not_null());
    if let Some((is_answered, from, beside)) = span.from {
        let later = at.gt(from).or(at.eq(from).and(id.gt(beside)));
        let earlier = at.lt(from).or(at.eq(from).and(id.lt(beside)));
        let open = alerts::acknowledged_at.is_null();
        query = match (span.direction, is_answered) {
            (Direction::Next, false) => query.filter(answered.or(later)),
            (Direction::Next, true) => query.filter(answered.and(later)),
            (Direction::Previous, false) => query.filter(open.and(earlier)),
            (Direction::Previous, true) => query.filter(open.or(earlier)),
        };
    }
    match span.direction {
        Direction::Next => query.order((answered.asc(), at.asc(), id.asc())).load(conn).await,
        Direction::Previous => query.order((answered.desc(), at.desc(), id.desc())).load(conn).await,
    }
}

pub async fn find(conn: &mut Conn, id: Uuid) -> QueryResult<Option<Alert>> {
    alerts::table.find(id).select(Alert::as_select()).first(conn).await.optional()
}

/// The same, locked until the end of the transaction.
pub async fn lock(conn: &mut Conn, id: Uuid) -> QueryResult<Option<Alert>> {
    alerts::table.find(id).select(Alert::as_select()).for_update().first(conn).await.optional()
}

/// Notes who has answered; nobody else is called.
pub async fn acknowledge(conn: &mut Conn, id: Uuid, by: Uuid, now: DateTime<Utc>) -> QueryResult<Alert> {
    diesel::update(alerts::table.find(id))
        .set((
            alerts::acknowledged_by.eq(by),
            alerts::acknowledged_at.eq(now),
            alerts::next_at.eq(None::<DateTime<Utc>>),
        ))
        .returning(Alert::as_returning())
        .get_result(conn)
        .await
}

/// Opens again what somebody had answered who is gone.
pub async fn reopen(conn: &mut Conn, answered_by: Uuid, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(alerts::table.filter(alerts::acknowledged_by.eq(answered_by)))
        .set((
            alerts::acknowledged_by.eq(None::<Uuid>),
            alerts::acknowledged_at.eq(None::<DateTime<Utc>>),
            alerts::calls.eq(0),
            alerts::next_at.eq(now),
        ))
        .execute(conn)
        .await
}
