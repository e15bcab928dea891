//! The sealed keys of all threads.

use super::super::types::{KeptKey, KeyName};
use crate::db::{Conn, Prepare};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Binary, Integer, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Keys that do not begin with `prefix`, in the order of the threads' ids, those after `after`, `limit` at most; held.
#[expect(clippy::disallowed_methods, reason = "parts of bytes are not in the query builder")]
pub async fn others(conn: &mut Conn, prefix: &[u8], after: Uuid, limit: i64) -> QueryResult<Vec<KeptKey>> {
    sql_query(
        "SELECT id, key_sealed FROM private_threads
         WHERE id > $1 AND substring(key_sealed FROM 1 FOR $2) <> $3
         ORDER BY id LIMIT $4 FOR UPDATE",
    )
    .bind::<SqlUuid, _>(after)
    .bind::<Integer, _>(i32::try_from(prefix.len()).unwrap_or(i32::MAX))
    .bind::<Binary, _>(prefix)
    .bind::<BigInt, _>(limit)
    .prepared()
    .load(conn)
    .await
}

/// Keeps keys that were sealed anew.
#[expect(clippy::disallowed_methods, reason = "the query builder cannot update from arrays")]
pub async fn keep(conn: &mut Conn, ids: &[Uuid], keys: &[Vec<u8>]) -> QueryResult<usize> {
    sql_query(
        "UPDATE private_threads SET key_sealed = anew.key
         FROM unnest($1, $2) AS anew (id, key) WHERE private_threads.id = anew.id",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .bind::<Array<Binary>, _>(keys)
    .prepared()
    .execute(conn)
    .await
}

/// What the keys are called under which those of threads are sealed, and of how many.
#[expect(clippy::disallowed_methods, reason = "parts of bytes are not in the query builder")]
pub async fn names(conn: &mut Conn) -> QueryResult<Vec<KeyName>> {
    sql_query(
        "SELECT encode(substring(key_sealed FROM 2 FOR get_byte(key_sealed, 0)), 'escape') AS name, count(*) AS threads
         FROM private_threads WHERE octet_length(key_sealed) > 0 GROUP BY 1 ORDER BY 1",
    )
    .load(conn)
    .await
}
