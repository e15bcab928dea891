//! When admins were let read threads that are not theirs.

use super::super::types::{AccessRow, ThreadRow};
use crate::db::{
    Conn,
    schema::{private_accesses as it, private_threads},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Any thread, held until the end of the transaction.
pub async fn hold_any(conn: &mut Conn, thread_id: Uuid) -> QueryResult<Option<ThreadRow>> {
    private_threads::table.find(thread_id).select(ThreadRow::as_select()).for_update().first(conn).await.optional()
}

pub async fn insert(conn: &mut Conn, row: &AccessRow) -> QueryResult<usize> {
    diesel::insert_into(it::table).values(row).execute(conn).await
}

/// A thread that an admin may read now, and why.
pub async fn open(
    conn: &mut Conn,
    thread_id: Uuid,
    account_id: Uuid,
    now: DateTime<Utc>,
) -> QueryResult<Option<(ThreadRow, AccessRow)>> {
    private_threads::table
        .inner_join(it::table)
        .filter(private_threads::id.eq(thread_id))
        .filter(it::account_id.eq(account_id).and(it::until.gt(now)))
        .order(it::until.desc())
        .select((ThreadRow::as_select(), AccessRow::as_select()))
        .first(conn)
        .await
        .optional()
}

/// Who was let read these threads, the latest first.
pub async fn of(conn: &mut Conn, thread_ids: &[Uuid]) -> QueryResult<Vec<AccessRow>> {
    it::table
        .filter(it::thread_id.eq_any(thread_ids))
        .order((it::at.desc(), it::id.desc()))
        .select(AccessRow::as_select())
        .load(conn)
        .await
}

/// Takes an admin off, who is erased.
pub async fn unlink(conn: &mut Conn, account_id: Uuid) -> QueryResult<usize> {
    diesel::update(it::table.filter(it::account_id.eq(account_id)))
        .set(it::account_id.eq(None::<Uuid>))
        .execute(conn)
        .await
}
