//! Statements on signing keys.

use super::super::types::SigningKeyRow;
use crate::db::{Conn, schema::signing_keys};
use chrono::{DateTime, Utc};
use diesel::{prelude::*, sql_query, sql_types::BigInt};
use diesel_async::RunQueryDsl;

/// Held by the node that makes a key.
const LOCK: i64 = 7_241_000_003;

/// Lets one node at a time look for a key and make it, until the end of the transaction.
#[expect(clippy::disallowed_methods, reason = "advisory locks are not in the query builder")]
pub async fn lock(conn: &mut Conn) -> QueryResult<usize> {
    sql_query("SELECT pg_advisory_xact_lock($1)").bind::<BigInt, _>(LOCK).execute(conn).await
}

/// Those that sign, will sign, or still check.
pub async fn in_use(conn: &mut Conn, now: DateTime<Utc>) -> QueryResult<Vec<SigningKeyRow>> {
    signing_keys::table
        .filter(signing_keys::retired_at.is_null().or(signing_keys::retired_at.gt(now)))
        .order((signing_keys::created_at.desc(), signing_keys::kid))
        .select(SigningKeyRow::as_select())
        .load(conn)
        .await
}

pub async fn insert(conn: &mut Conn, row: &SigningKeyRow) -> QueryResult<usize> {
    diesel::insert_into(signing_keys::table).values(row).execute(conn).await
}

/// Says when the keys there are stop; one that was to stop earlier still does.
pub async fn retire(conn: &mut Conn, retired_at: DateTime<Utc>) -> QueryResult<usize> {
    let later = signing_keys::retired_at.is_null().or(signing_keys::retired_at.gt(retired_at));
    diesel::update(signing_keys::table.filter(later)).set(signing_keys::retired_at.eq(retired_at)).execute(conn).await
}

pub async fn forget(conn: &mut Conn, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(signing_keys::table.filter(signing_keys::retired_at.le(now))).execute(conn).await
}
