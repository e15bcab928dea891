//! Idempotency keys, many at once.

use super::super::types::KeptAnswer;
use crate::db::{Conn, Prepare, schema::idempotency_keys};
use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Text, Timestamptz},
    upsert::excluded,
};
use diesel_async::RunQueryDsl;

/// Takes the keys for the rest of the transaction. For each in turn, false when a request with the same key holds it.
#[expect(clippy::disallowed_methods, reason = "advisory locks are not in the query builder")]
pub async fn take_keys(conn: &mut Conn, locks: &[i64]) -> QueryResult<Vec<bool>> {
    #[derive(QueryableByName)]
    struct Taken {
        #[diesel(sql_type = diesel::sql_types::Bool)]
        taken: bool,
    }
    let rows: Vec<Taken> = sql_query(
        "SELECT taken FROM (
             SELECT place, pg_try_advisory_xact_lock(key) AS taken
             FROM unnest($1) WITH ORDINALITY AS keys (key, place)
         ) AS tried ORDER BY place",
    )
    .bind::<Array<BigInt>, _>(locks)
    .prepared()
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| row.taken).collect())
}

/// What was answered to these keys since a moment.
#[expect(clippy::disallowed_methods, reason = "the query builder cannot join with arrays")]
pub async fn kept_answers(
    conn: &mut Conn,
    scopes: &[&str],
    keys: &[&str],
    since: DateTime<Utc>,
) -> QueryResult<Vec<KeptAnswer>> {
    sql_query(
        "SELECT idempotency_keys.* FROM idempotency_keys JOIN unnest($1, $2) AS asked (scope, key) USING (scope, key)
         WHERE created_at > $3",
    )
    .bind::<Array<Text>, _>(scopes)
    .bind::<Array<Text>, _>(keys)
    .bind::<Timestamptz, _>(since)
    .prepared()
    .load(conn)
    .await
}

/// Keeps answers, also in the place of old ones. No key may stand there twice.
pub async fn keep_answers(conn: &mut Conn, answers: &[KeptAnswer]) -> QueryResult<usize> {
    let primary_key = (idempotency_keys::scope, idempotency_keys::key);
    diesel::insert_into(idempotency_keys::table)
        .values(answers)
        .on_conflict(primary_key)
        .do_update()
        .set((
            idempotency_keys::operation.eq(excluded(idempotency_keys::operation)),
            idempotency_keys::body_hash.eq(excluded(idempotency_keys::body_hash)),
            idempotency_keys::answer.eq(excluded(idempotency_keys::answer)),
            idempotency_keys::created_at.eq(excluded(idempotency_keys::created_at)),
        ))
        .execute(conn)
        .await
}

pub async fn forget_answers(conn: &mut Conn, before: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(idempotency_keys::table.filter(idempotency_keys::created_at.lt(before))).execute(conn).await
}

pub async fn forget_answers_of(conn: &mut Conn, scope: &str) -> QueryResult<usize> {
    diesel::delete(idempotency_keys::table.filter(idempotency_keys::scope.eq(scope))).execute(conn).await
}
