//! Numbering events and reading them in that order.

use super::super::types::Numbered;
use crate::db::{Conn, Prepare, schema::events};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{BigInt, Text},
};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use uuid::Uuid;

/// The channel that wakes every node. It carries nothing: what happened is in the table.
pub const CHANNEL: &str = "colloquy_events";

/// Held by the one session that numbers events.
const SEQUENCER_LOCK: i64 = 7_241_000_002;

/// Rows that one numbering or one look takes at most.
pub const BATCH: usize = 1000;

/// The same for SQL.
const LIMIT: i64 = 1000;

#[declare_sql_function]
extern "SQL" {
    fn pg_backend_pid() -> Integer;
}

/// Listens from now on. Returns by which process of Postgres, since what is announced on this connection is heard on it, too.
pub async fn listen(conn: &mut Conn) -> QueryResult<i32> {
    // Its name tells an operator, in pg_stat_activity, which connection this is. To plan a look anew, Postgres would each time
    // ask the index for the highest number, past all that were given lately. And of all ways to look for what waits, only a plain
    // walk through its index marks what is dead there, so that its room is used again.
    let settings = "SET application_name = 'colloquy follower'; SET plan_cache_mode = force_generic_plan;
                    SET enable_bitmapscan = off";
    conn.batch_execute(&format!("{settings}; LISTEN {CHANNEL}")).await?;
    diesel::select(pg_backend_pid()).get_result(conn).await
}

/// Wakes every server on this database, which then looks for new events.
///
/// # Errors
/// When the database is away.
pub async fn wake_everybody(conn: &mut Conn) -> QueryResult<()> {
    conn.batch_execute(&format!("NOTIFY {CHANNEL}")).await
}

pub async fn last_number(conn: &mut Conn) -> QueryResult<i64> {
    let last: Option<i64> =
        events::table.filter(events::number.is_not_null()).select(diesel::dsl::max(events::number)).first(conn).await?;
    Ok(last.unwrap_or(0))
}

#[expect(clippy::disallowed_methods, reason = "advisory locks are not in the query builder")]
pub async fn become_sequencer(conn: &mut Conn) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Locked {
        #[diesel(sql_type = diesel::sql_types::Bool)]
        locked: bool,
    }
    let row: Locked = sql_query("SELECT pg_try_advisory_lock($1) AS locked")
        .bind::<BigInt, _>(SEQUENCER_LOCK)
        .prepared()
        .get_result(conn)
        .await?;
    Ok(row.locked)
}

/// Numbers committed events. Within a stream the order is that of the versions, which were taken under the
/// stream's row lock, so that a later version can never be committed before an earlier one.
#[expect(clippy::disallowed_methods, reason = "window functions are not in the query builder")]
pub async fn number(conn: &mut Conn) -> QueryResult<usize> {
    sql_query(format!(
        "WITH waiting AS (
             SELECT id, row_number() OVER (ORDER BY stream, stream_version) AS place
             FROM (SELECT id, stream, stream_version FROM events WHERE number IS NULL
                   ORDER BY stream, stream_version LIMIT {LIMIT}) AS batch
         ), last AS (
             SELECT coalesce(max(number), 0) AS number FROM events
         )
         UPDATE events SET number = last.number + waiting.place
         FROM waiting, last WHERE events.id = waiting.id",
    ))
    .prepared()
    .execute(conn)
    .await
}

pub async fn numbered_after(conn: &mut Conn, number: i64) -> QueryResult<Vec<Numbered>> {
    events::table
        .filter(events::number.gt(number))
        .order(events::number)
        .limit(LIMIT)
        .select((events::id, events::number.assume_not_null(), events::tags))
        .load(conn)
        .await
}

/// The tags of events that are committed and have no number yet.
pub async fn unnumbered(conn: &mut Conn) -> QueryResult<Vec<(Uuid, String)>> {
    events::table.filter(events::number.is_null()).limit(LIMIT).select((events::id, events::tags)).load(conn).await
}

pub async fn forget_actor(conn: &mut Conn, account_id: Uuid, limit: i64) -> QueryResult<usize> {
    let some: Vec<Uuid> =
        events::table.filter(events::actor_id.eq(account_id)).limit(limit).select(events::id).load(conn).await?;
    diesel::update(events::table.filter(events::id.eq_any(some)))
        .set(events::actor_id.eq(None::<Uuid>))
        .execute(conn)
        .await
}

#[expect(clippy::disallowed_methods, reason = "taking something out of a JSON array is not in the query builder")]
pub async fn forget_mentioned(conn: &mut Conn, person_id: Uuid, limit: i64) -> QueryResult<usize> {
    sql_query(
        "UPDATE events SET data = jsonb_set(data, '{mentioned}', (data -> 'mentioned') - $1)
         WHERE id IN (
             SELECT id FROM events WHERE data ? 'mentioned' AND (data -> 'mentioned') ? $1 LIMIT $2
         )",
    )
    .bind::<Text, _>(person_id.to_string())
    .bind::<BigInt, _>(limit)
    .prepared()
    .execute(conn)
    .await
}
