//! Messages.

use super::super::types::{MessageRow, NewMessage, Unread};
use crate::{
    db::{Conn, Prepare, schema::private_messages as it},
    http::{cursor::Direction, list::Span},
};
use chrono::{DateTime, Utc};
use diesel::{
    dsl::exists,
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Nullable, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

pub async fn insert(conn: &mut Conn, row: &NewMessage) -> QueryResult<usize> {
    diesel::insert_into(it::table).values(row).execute(conn).await
}

/// A message by its number.
pub async fn find(conn: &mut Conn, thread_id: Uuid, no: i64) -> QueryResult<Option<MessageRow>> {
    it::table
        .filter(it::thread_id.eq(thread_id).and(it::no.eq(no)))
        .select(MessageRow::as_select())
        .first(conn)
        .await
        .optional()
}

/// The messages of a thread, the newest first; from the span on, one more than its limit.
pub async fn page(conn: &mut Conn, thread_id: Uuid, span: &Span<i64>) -> QueryResult<Vec<MessageRow>> {
    let page = it::table
        .filter(it::thread_id.eq(thread_id))
        .select(MessageRow::as_select())
        .limit(span.limit + 1)
        .into_boxed();
    match span.direction {
        Direction::Next => page.filter(it::no.lt(span.from.unwrap_or(i64::MAX))).order(it::no.desc()),
        Direction::Previous => page.filter(it::no.gt(span.from.unwrap_or_default())).order(it::no.asc()),
    }
    .load(conn)
    .await
}

/// Gives a message another text.
pub async fn edit(conn: &mut Conn, id: Uuid, sealed: &[u8], now: DateTime<Utc>) -> QueryResult<usize> {
    let text = (it::body_sealed.eq(sealed), it::edited_at.eq(now), it::revision.eq(it::revision + 1));
    diesel::update(it::table.find(id)).set(text).execute(conn).await
}

/// Takes the text of a message away; its number stays.
pub async fn delete(conn: &mut Conn, id: Uuid, now: DateTime<Utc>) -> QueryResult<usize> {
    let nothing = (it::body_sealed.eq(None::<Vec<u8>>), it::deleted_at.eq(now), it::revision.eq(it::revision + 1));
    diesel::update(it::table.find(id)).set(nothing).execute(conn).await
}

/// Whether the other side has said something after a message.
pub async fn is_answered(conn: &mut Conn, message: &MessageRow) -> QueryResult<bool> {
    let after = it::thread_id.eq(message.thread_id).and(it::no.gt(message.no));
    let answers = it::table.filter(after.and(it::by_reader.ne(message.by_reader)).and(it::deleted_at.is_null()));
    diesel::select(exists(answers)).get_result(conn).await
}

/// How many messages of others somebody has not read in each of these threads, counted up to `most`. Beside each thread
/// stands how far they have read, and which coach they are in it; none for the reader.
#[expect(clippy::disallowed_methods, reason = "a bound for each row of a list is not in the query builder")]
pub async fn unread(
    conn: &mut Conn,
    threads: &[Uuid],
    read: &[i64],
    coaches: &[Option<Uuid>],
    most: i64,
) -> QueryResult<Vec<Unread>> {
    sql_query(
        "SELECT mine.id AS thread_id, others.count
         FROM unnest($1, $2, $3) AS mine (id, read_no, coach_id), LATERAL (
             SELECT count(*) FROM (
                 SELECT FROM private_messages
                 WHERE thread_id = mine.id AND no > mine.read_no AND deleted_at IS NULL
                   AND CASE WHEN mine.coach_id IS NULL THEN NOT by_reader ELSE coach_id IS DISTINCT FROM mine.coach_id END
                 LIMIT $4
             ) AS bounded
         ) AS others",
    )
    .bind::<Array<SqlUuid>, _>(threads)
    .bind::<Array<BigInt>, _>(read)
    .bind::<Array<Nullable<SqlUuid>>, _>(coaches)
    .bind::<BigInt, _>(most)
    .prepared()
    .load(conn)
    .await
}
