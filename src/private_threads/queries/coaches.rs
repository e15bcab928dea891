//! The coaches who are in threads.

use super::super::types::{CoachRow, NewCoach};
use crate::db::{Conn, schema::private_coaches as it};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Lets a coach in; who is in stays in.
pub async fn admit(conn: &mut Conn, row: &NewCoach) -> QueryResult<usize> {
    diesel::insert_into(it::table).values(row).on_conflict_do_nothing().execute(conn).await
}

/// Takes a coach out.
pub async fn dismiss(conn: &mut Conn, thread_id: Uuid, account_id: Uuid) -> QueryResult<usize> {
    diesel::delete(it::table.find((thread_id, account_id))).execute(conn).await
}

/// The coaches in these threads, in the order in which they came.
pub async fn of(conn: &mut Conn, thread_ids: &[Uuid]) -> QueryResult<Vec<CoachRow>> {
    it::table
        .filter(it::thread_id.eq_any(thread_ids))
        .order((it::admitted_at, it::account_id))
        .select(CoachRow::as_select())
        .load(conn)
        .await
}

/// How far a coach has read.
pub async fn mark_read(conn: &mut Conn, thread_id: Uuid, account_id: Uuid, no: i64) -> QueryResult<usize> {
    let further = it::table.find((thread_id, account_id)).filter(it::read_no.lt(no));
    diesel::update(further).set(it::read_no.eq(no)).execute(conn).await
}

/// Of which message these coaches were told by mail.
pub async fn mark_told(conn: &mut Conn, thread_id: Uuid, account_ids: &[Uuid], no: i64) -> QueryResult<usize> {
    let told = it::table.filter(it::thread_id.eq(thread_id).and(it::account_id.eq_any(account_ids)));
    diesel::update(told).set(it::told_no.eq(no)).execute(conn).await
}
