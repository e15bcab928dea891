//! What was said lately, as keyed hashes.

use super::super::types::{Arrival, PrintOwner};
use crate::db::{Conn, Prepare, schema::comment_prints};
use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, Bytea, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Takes the prints of comments until a time, each for the first of them that has it, unless an earlier comment holds
/// it still. Returns whose each is now.
#[expect(clippy::disallowed_methods, reason = "the query builder cannot insert what it selects from arrays")]
pub async fn take(
    mut conn: &Conn,
    arrivals: &[&Arrival],
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> QueryResult<Vec<PrintOwner>> {
    let each = arrivals.iter().flat_map(|arrival| arrival.prints.iter().map(|print| (print, arrival.comment_id)));
    let (prints, comments): (Vec<&Vec<u8>>, Vec<Uuid>) = each.unzip();
    sql_query(
        "INSERT INTO comment_prints (print, comment_id, expires_at)
         SELECT DISTINCT ON (print) print, comment_id, $4
         FROM unnest($1, $2) WITH ORDINALITY AS said (print, comment_id, place)
         ORDER BY print, place
         ON CONFLICT (print) DO UPDATE
         SET comment_id = CASE WHEN comment_prints.expires_at <= $3 THEN excluded.comment_id
                               ELSE comment_prints.comment_id END,
             expires_at = CASE WHEN comment_prints.expires_at <= $3 THEN excluded.expires_at
                               ELSE comment_prints.expires_at END
         RETURNING print, comment_id",
    )
    .bind::<Array<Bytea>, _>(prints)
    .bind::<Array<SqlUuid>, _>(comments)
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(until)
    .prepared()
    .load(&mut conn)
    .await
}

/// Forgets what these comments said.
pub async fn forget(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<usize> {
    diesel::delete(comment_prints::table.filter(comment_prints::comment_id.eq_any(comment_ids))).execute(conn).await
}

/// Forgets what was said too long ago.
pub async fn sweep(conn: &mut Conn, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(comment_prints::table.filter(comment_prints::expires_at.le(now))).execute(conn).await
}
