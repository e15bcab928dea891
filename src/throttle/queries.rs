//! Every statement on buckets. Rows are always locked in the order of their keys, so that two statements never wait for
//! each other.

use crate::db::{
    Conn, Prepare,
    schema::{throttles, used_challenges},
};
use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Bool, Bytea, Timestamptz},
};
use diesel_async::RunQueryDsl;

/// A bucket that is asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    pub key: Vec<u8>,
    /// How much goes in, microseconds.
    pub amount: i64,
    /// How much fits in, microseconds.
    pub capacity: i64,
}

/// A bucket after it was asked.
#[derive(Debug, QueryableByName)]
pub struct Level {
    #[diesel(sql_type = Bytea)]
    pub key: Vec<u8>,
    #[diesel(sql_type = Timestamptz)]
    pub busy_till: DateTime<Utc>,
    #[diesel(sql_type = Bool)]
    pub taken: bool,
}

/// Fills all buckets, or none where one has no room. What another statement fills at the same moment is seen bucket by
/// bucket, so that no bucket overflows; then some may be taken and others not.
#[expect(clippy::disallowed_methods, reason = "a write in WITH is not in the query builder")]
pub async fn take(conn: &mut Conn, asked: &[Asked], now: DateTime<Utc>) -> QueryResult<Vec<Level>> {
    let (keys, amounts, capacities) = columns(asked);
    sql_query(
        "WITH asked AS (
             SELECT key, amount * interval '1 microsecond' AS amount,
                    $4 + (capacity - amount) * interval '1 microsecond' AS latest
             FROM unnest($1, $2, $3) AS asked (key, amount, capacity)
         ), seen AS (
             SELECT key, amount, latest, greatest(busy_till, $4) AS busy_till
             FROM asked LEFT JOIN throttles USING (key)
         ), taken AS (
             INSERT INTO throttles (key, busy_till)
             SELECT key, busy_till + amount FROM seen
             WHERE NOT EXISTS (SELECT FROM seen WHERE busy_till > latest) ORDER BY key
             ON CONFLICT (key) DO UPDATE
             SET busy_till = greatest(throttles.busy_till, $4)
                             + (SELECT amount FROM asked WHERE asked.key = throttles.key)
             WHERE greatest(throttles.busy_till, $4) <= (SELECT latest FROM asked WHERE asked.key = throttles.key)
             RETURNING key, busy_till
         )
         SELECT key, coalesce(taken.busy_till, seen.busy_till) AS busy_till, taken.key IS NOT NULL AS taken
         FROM seen LEFT JOIN taken USING (key)",
    )
    .bind::<Array<Bytea>, _>(keys)
    .bind::<Array<BigInt>, _>(amounts)
    .bind::<Array<BigInt>, _>(capacities)
    .bind::<Timestamptz, _>(now)
    .prepared()
    .load(conn)
    .await
}

/// Takes out of each bucket what is said; no less than nothing can be in it.
#[expect(clippy::disallowed_methods, reason = "the query builder cannot update from an array")]
pub async fn give_back(conn: &mut Conn, asked: &[Asked]) -> QueryResult<usize> {
    let (keys, amounts, _) = columns(asked);
    sql_query(
        "WITH asked AS (
             SELECT key, amount * interval '1 microsecond' AS amount FROM unnest($1, $2) AS asked (key, amount)
         ), held AS (
             SELECT key FROM throttles WHERE key = ANY ($1) ORDER BY key FOR UPDATE
         )
         UPDATE throttles SET busy_till = busy_till - amount
         FROM held JOIN asked USING (key) WHERE throttles.key = held.key",
    )
    .bind::<Array<Bytea>, _>(keys)
    .bind::<Array<BigInt>, _>(amounts)
    .prepared()
    .execute(conn)
    .await
}

/// Marks challenges as used, by id and end. Returns the ids of those that were not used before.
pub async fn use_challenges(conn: &mut Conn, rows: &[(Vec<u8>, DateTime<Utc>)]) -> QueryResult<Vec<Vec<u8>>> {
    let rows = rows.iter().map(|(id, end)| (used_challenges::id.eq(id), used_challenges::expires_at.eq(end)));
    diesel::insert_into(used_challenges::table)
        .values(rows.collect::<Vec<_>>())
        .on_conflict_do_nothing()
        .returning(used_challenges::id)
        .get_results(conn)
        .await
}

/// Forgets buckets that are empty and challenges that have expired.
pub async fn sweep(conn: &mut Conn, now: DateTime<Utc>) -> QueryResult<usize> {
    let buckets = diesel::delete(throttles::table.filter(throttles::busy_till.le(now))).execute(conn).await?;
    let expired = used_challenges::table.filter(used_challenges::expires_at.le(now));
    Ok(buckets + diesel::delete(expired).execute(conn).await?)
}

fn columns(asked: &[Asked]) -> (Vec<&[u8]>, Vec<i64>, Vec<i64>) {
    let each = |asked: &Asked| (asked.amount, asked.capacity);
    let (amounts, capacities) = asked.iter().map(each).unzip();
    (asked.iter().map(|asked| asked.key.as_slice()).collect(), amounts, capacities)
}
