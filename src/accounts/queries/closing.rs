//! Statements on accounts that are closed.

use super::super::types::AccountRow;
use crate::db::{Conn, schema::accounts};
use chrono::{DateTime, Utc};
use diesel::{
    dsl::{exists, select},
    prelude::*,
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

pub async fn close(
    conn: &mut Conn,
    id: Uuid,
    erase_at: DateTime<Utc>,
    mode: &str,
    now: DateTime<Utc>,
) -> QueryResult<AccountRow> {
    let earlier = diesel::dsl::case_when(accounts::erase_at.lt(erase_at), accounts::erase_at).otherwise(Some(erase_at));
    diesel::update(accounts::table.find(id))
        .set((
            accounts::erase_at.eq(earlier),
            accounts::erase_comments.eq(mode),
            accounts::revision.eq(accounts::revision + 1),
            accounts::updated_at.eq(now),
        ))
        .returning(AccountRow::as_returning())
        .get_result(conn)
        .await
}

pub async fn restore(conn: &mut Conn, id: Uuid, now: DateTime<Utc>) -> QueryResult<Option<AccountRow>> {
    diesel::update(accounts::table.filter(accounts::id.eq(id).and(accounts::erase_at.gt(now))))
        .set((
            accounts::erase_at.eq(None::<DateTime<Utc>>),
            accounts::erase_comments.eq(None::<String>),
            accounts::revision.eq(accounts::revision + 1),
            accounts::updated_at.eq(now),
        ))
        .returning(AccountRow::as_returning())
        .get_result(conn)
        .await
        .optional()
}

pub async fn due(conn: &mut Conn, now: DateTime<Utc>, limit: i64) -> QueryResult<Vec<(Uuid, Option<String>)>> {
    accounts::table
        .filter(accounts::erase_at.le(now))
        .order(accounts::erase_at)
        .limit(limit)
        .select((accounts::id, accounts::erase_comments))
        .load(conn)
        .await
}

/// Whether there is such an account that has not been erased.
pub async fn is_there(conn: &mut Conn, id: Uuid) -> QueryResult<bool> {
    select(exists(accounts::table.filter(accounts::id.eq(id).and(accounts::erased_at.is_null()))))
        .get_result(conn)
        .await
}

/// The address hash of an account that has not been erased, locked also against rows that would refer to it.
pub async fn hold(conn: &mut Conn, id: Uuid) -> QueryResult<Option<Option<Vec<u8>>>> {
    accounts::table
        .filter(accounts::id.eq(id).and(accounts::erased_at.is_null()))
        .select(accounts::email_hash)
        .for_update()
        .first(conn)
        .await
        .optional()
}
