//! Threads.

use super::super::types::{NewThread, Spot, ThreadRow, ThreadState, Waiting, Who};
use crate::{
    db::{
        Conn,
        schema::{private_coaches, private_threads as it},
    },
    http::{cursor::Direction, list::Span},
};
use chrono::{DateTime, Utc};
use diesel::{
    dsl::{case_when, exists, not},
    pg::Pg,
    prelude::*,
    sql_types::{Bool, Nullable, Timestamptz},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

type Own = Box<dyn BoxableExpression<it::table, Pg, SqlType = Nullable<Bool>>>;

pub async fn insert(conn: &mut Conn, row: &NewThread) -> QueryResult<ThreadRow> {
    diesel::insert_into(it::table).values(row).returning(ThreadRow::as_returning()).get_result(conn).await
}

/// The threads that somebody is in.
fn own(who: Who) -> Own {
    let admitted = private_coaches::table
        .filter(private_coaches::thread_id.eq(it::id).and(private_coaches::account_id.nullable().eq(who.coach_id())));
    Box::new(as_reader(who).or(exists(admitted).nullable()))
}

/// The threads that somebody is in as their reader: by one column, so that its index is walked.
fn as_reader(who: Who) -> Own {
    let here = it::reader_left_at.is_null();
    match who.guest_id() {
        Some(guest_id) => Box::new(it::reader_guest_id.eq(guest_id).and(here)),
        None => Box::new(it::reader_account_id.eq(who.account_id()).and(here)),
    }
}

/// A thread, for somebody who is in it. One statement for whoever is not, too: they cannot tell by the time it takes.
pub async fn see(conn: &mut Conn, id: Uuid, who: Who) -> QueryResult<Option<ThreadRow>> {
    it::table.filter(it::id.eq(id).and(own(who))).select(ThreadRow::as_select()).first(conn).await.optional()
}

/// Holds a thread until the end of the transaction, for somebody who was in it when this was asked: where it had to wait,
/// seats are read as they were before. To others there is nothing to wait for.
pub async fn hold(conn: &mut Conn, id: Uuid, who: Who) -> QueryResult<Option<Uuid>> {
    it::table.filter(it::id.eq(id).and(own(who))).select(it::id).for_update().first(conn).await.optional()
}

/// A thread for the reader alone, who may have left.
pub async fn find_as_reader(conn: &mut Conn, id: Uuid, who: Who) -> QueryResult<Option<ThreadRow>> {
    let theirs = it::reader_account_id.eq(who.account_id()).or(it::reader_guest_id.eq(who.guest_id()));
    it::table.filter(it::id.eq(id).and(theirs)).select(ThreadRow::as_select()).first(conn).await.optional()
}

/// Somebody's threads, those in which something was said last first; from the span on, one more than its limit. Which they
/// are in as a coach is asked before: an index finds those and the reader's own, and none finds what may be either.
pub async fn page(conn: &mut Conn, who: Who, span: &Span<Spot>) -> QueryResult<Vec<ThreadRow>> {
    let theirs = match who.coach_id() {
        None => as_reader(who),
        Some(coach_id) => {
            let seats = private_coaches::table.filter(private_coaches::account_id.eq(coach_id));
            let seats: Vec<Uuid> = seats.select(private_coaches::thread_id).load(conn).await?;
            Box::new(as_reader(who).or(it::id.eq_any(seats).nullable()))
        }
    };
    let page = it::table.into_boxed().filter(theirs).select(ThreadRow::as_select()).limit(span.limit + 1);
    let page = match (span.from, span.direction) {
        (None, _) => page.order((it::last_at.desc(), it::id.desc())),
        (Some(Spot { at, id }), Direction::Next) => page
            .filter(it::last_at.lt(at).or(it::last_at.eq(at).and(it::id.lt(id))))
            .order((it::last_at.desc(), it::id.desc())),
        (Some(Spot { at, id }), Direction::Previous) => page
            .filter(it::last_at.gt(at).or(it::last_at.eq(at).and(it::id.gt(id))))
            .order((it::last_at.asc(), it::id.asc())),
    };
    page.load(conn).await
}

/// Threads that a coach can take: those that wait for whoever comes first or for her, and are not her own. Those that have
/// waited longest first; from the span on, one more than its limit.
pub async fn waiting(conn: &mut Conn, coach_id: Uuid, span: &Span<Spot>) -> QueryResult<Vec<Waiting>> {
    let page = it::table
        .into_boxed()
        .filter(it::waiting_since.is_not_null())
        .filter(it::asked_coach_id.is_null().or(it::asked_coach_id.eq(coach_id)))
        .filter(it::reader_account_id.is_distinct_from(coach_id))
        .select(Waiting::as_select())
        .limit(span.limit + 1);
    let since = it::waiting_since.assume_not_null();
    let page = match (span.from, span.direction) {
        (None, _) => page.order((since.asc(), it::id.asc())),
        (Some(Spot { at, id }), Direction::Next) => {
            page.filter(since.gt(at).or(since.eq(at).and(it::id.gt(id)))).order((since.asc(), it::id.asc()))
        }
        (Some(Spot { at, id }), Direction::Previous) => {
            page.filter(since.lt(at).or(since.eq(at).and(it::id.lt(id)))).order((since.desc(), it::id.desc()))
        }
    };
    page.load(conn).await
}

/// Takes a thread that waits and that a coach can take: of two, the second finds none. Returns who was asked for by name, and the
/// number of the last message.
pub async fn take(conn: &mut Conn, id: Uuid, coach_id: Uuid) -> QueryResult<Option<(Option<Uuid>, i64)>> {
    let waits = it::table
        .filter(it::id.eq(id).and(it::waiting_since.is_not_null()))
        .filter(it::asked_coach_id.is_null().or(it::asked_coach_id.eq(coach_id)))
        .filter(it::reader_account_id.is_distinct_from(coach_id));
    diesel::update(waits)
        .set(it::waiting_since.eq(None::<DateTime<Utc>>))
        .returning((it::asked_coach_id, it::last_no))
        .get_result(conn)
        .await
        .optional()
}

/// Those of these threads that are open and have no coach wait for whoever comes first; those that waited already keep their
/// turn.
pub async fn wait_without_coach(conn: &mut Conn, ids: &[Uuid], now: DateTime<Utc>) -> QueryResult<usize> {
    let seats = private_coaches::table.filter(private_coaches::thread_id.eq(it::id));
    let open = it::id.eq_any(ids).and(it::state.eq(ThreadState::Open.as_str()));
    let since =
        case_when(it::waiting_since.is_null(), now.into_sql::<Nullable<Timestamptz>>()).otherwise(it::waiting_since);
    diesel::update(it::table.filter(open.and(not(exists(seats)))))
        .set((it::waiting_since.eq(since), it::asked_coach_id.eq(None::<Uuid>)))
        .execute(conn)
        .await
}

/// The commenter accepts.
pub async fn accept(conn: &mut Conn, id: Uuid, now: DateTime<Utc>) -> QueryResult<usize> {
    let open = (it::state.eq(ThreadState::Open.as_str()), it::opened_at.eq(now), it::last_at.eq(now));
    diesel::update(it::table.find(id)).set(open).execute(conn).await
}

/// The commenter declines.
pub async fn decline(conn: &mut Conn, id: Uuid) -> QueryResult<usize> {
    diesel::update(it::table.find(id)).set(it::state.eq(ThreadState::Declined.as_str())).execute(conn).await
}

pub async fn close(conn: &mut Conn, id: Uuid, now: DateTime<Utc>) -> QueryResult<usize> {
    let closed = (
        it::state.eq(ThreadState::Closed.as_str()),
        it::closed_at.eq(now),
        it::waiting_since.eq(None::<DateTime<Utc>>),
    );
    diesel::update(it::table.find(id)).set(closed).execute(conn).await
}

pub async fn reopen(conn: &mut Conn, id: Uuid) -> QueryResult<usize> {
    let open = (it::state.eq(ThreadState::Open.as_str()), it::closed_at.eq(None::<DateTime<Utc>>));
    diesel::update(it::table.find(id)).set(open).execute(conn).await
}

/// The reader goes, and is shown nothing of it any more.
pub async fn leave(conn: &mut Conn, id: Uuid, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(it::table.find(id)).set(it::reader_left_at.eq(now)).execute(conn).await
}

/// Something was said.
pub async fn said(conn: &mut Conn, id: Uuid, no: i64, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(it::table.find(id)).set((it::last_no.eq(no), it::last_at.eq(now))).execute(conn).await
}

/// How far the reader has read.
pub async fn mark_read(conn: &mut Conn, id: Uuid, no: i64) -> QueryResult<usize> {
    diesel::update(it::table.find(id)).set(it::reader_read_no.eq(no)).execute(conn).await
}

/// Of which message the reader was told by mail.
pub async fn mark_told(conn: &mut Conn, id: Uuid, no: i64) -> QueryResult<usize> {
    diesel::update(it::table.find(id)).set(it::reader_told_no.eq(no)).execute(conn).await
}

/// The threads of a guest in which something waits that no mail told of: a message, or an invitation. Held.
pub async fn untold(conn: &mut Conn, guest_id: Uuid) -> QueryResult<Vec<ThreadRow>> {
    it::table
        .filter(it::reader_guest_id.eq(guest_id).and(it::reader_left_at.is_null()))
        .filter(it::state.eq(ThreadState::Invited.as_str()).or(it::last_no.gt(it::reader_read_no)))
        .filter(it::reader_told_no.le(it::reader_read_no))
        .order(it::id)
        .select(ThreadRow::as_select())
        .for_update()
        .load(conn)
        .await
}

/// The reader of these was told of all that stands there.
pub async fn mark_all_told(conn: &mut Conn, ids: &[Uuid]) -> QueryResult<usize> {
    diesel::update(it::table.filter(it::id.eq_any(ids))).set(it::reader_told_no.eq(it::last_no)).execute(conn).await
}

/// What each side says of the public comment.
pub async fn disclose(conn: &mut Conn, id: Uuid, reader: bool, coaches: bool) -> QueryResult<usize> {
    let agreed = (it::reader_agrees.eq(reader), it::coaches_agree.eq(coaches));
    diesel::update(it::table.find(id)).set(agreed).execute(conn).await
}

/// Whether both sides of any thread agree that a comment says that it was continued in private.
pub async fn is_disclosed(conn: &mut Conn, comment_id: Uuid) -> QueryResult<bool> {
    let agreed = it::table.filter(it::comment_id.eq(comment_id).and(it::reader_agrees).and(it::coaches_agree));
    diesel::select(exists(agreed)).get_result(conn).await
}

/// Deletes threads with their keys and all that hangs on them.
pub async fn delete(conn: &mut Conn, ids: &[Uuid]) -> QueryResult<usize> {
    diesel::delete(it::table.filter(it::id.eq_any(ids))).execute(conn).await
}

/// Holds a thread that its reader has left until the end of the transaction. False where there is none.
pub async fn hold_left(conn: &mut Conn, id: Uuid) -> QueryResult<bool> {
    let left = it::table.filter(it::id.eq(id).and(it::reader_left_at.is_not_null()));
    Ok(left.select(it::id).for_update().first::<Uuid>(conn).await.optional()?.is_some())
}

/// Whether whoever wrote a comment has declined to go on from it in private.
pub async fn is_declined(conn: &mut Conn, comment_id: Uuid) -> QueryResult<bool> {
    let declined = it::comment_id.eq(comment_id).and(it::state.eq(ThreadState::Declined.as_str()));
    diesel::select(exists(it::table.filter(declined))).get_result(conn).await
}
