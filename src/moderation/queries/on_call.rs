//! Statements on who is on call.

use super::super::types::Place;
use crate::db::{Conn, schema::on_call};
use diesel::{prelude::*, sql_query, sql_types::BigInt};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Any number that nobody else locks: who says who is on call waits for whoever is just doing it.
const LOCK: i64 = 0x6f6e_5f63_616c_6c00;

/// Accounts in the order in which they are called.
pub async fn list(conn: &mut Conn) -> QueryResult<Vec<Uuid>> {
    on_call::table.order(on_call::place).select(on_call::account_id).load(conn).await
}

#[expect(clippy::disallowed_methods, reason = "advisory locks are not in the query builder")]
pub async fn lock(conn: &mut Conn) -> QueryResult<usize> {
    sql_query("SELECT pg_advisory_xact_lock($1)").bind::<BigInt, _>(LOCK).execute(conn).await
}

pub async fn clear(conn: &mut Conn) -> QueryResult<usize> {
    diesel::delete(on_call::table).execute(conn).await
}

pub async fn insert(conn: &mut Conn, places: &[Place]) -> QueryResult<usize> {
    diesel::insert_into(on_call::table).values(places).execute(conn).await
}

/// Takes somebody off.
pub async fn leave(conn: &mut Conn, account_id: Uuid) -> QueryResult<usize> {
    diesel::delete(on_call::table.find(account_id)).execute(conn).await
}
