//! What authors say of having corrected their comments.

use super::super::types::Correction;
use crate::db::{Conn, Prepare, schema::corrections};
use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Text, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Keeps a note, with the revision of the comment that the correction made.
pub async fn keep(
    conn: &mut Conn,
    comment_id: Uuid,
    revision: i64,
    note: &str,
    at: DateTime<Utc>,
) -> QueryResult<usize> {
    let row = (
        corrections::comment_id.eq(comment_id),
        corrections::revision.eq(revision),
        corrections::note.eq(note),
        corrections::corrected_at.eq(at),
    );
    diesel::insert_into(corrections::table).values(row).execute(conn).await
}

/// The notes on these comments, of each the oldest first.
pub async fn of_comments(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<Vec<(Uuid, Correction)>> {
    corrections::table
        .filter(corrections::comment_id.eq_any(comment_ids))
        .order((corrections::comment_id, corrections::revision))
        .select((corrections::comment_id, Correction::as_select()))
        .load(conn)
        .await
}

/// The notes on a comment as they are, by their revisions.
pub async fn notes(conn: &mut Conn, comment_id: Uuid) -> QueryResult<Vec<(i64, String)>> {
    let noted = corrections::table.filter(corrections::comment_id.eq(comment_id)).order(corrections::revision);
    noted.select((corrections::revision, corrections::note)).load(conn).await
}

/// Gives notes on a comment, by their revisions, other words.
#[expect(clippy::disallowed_methods, reason = "the query builder cannot update from arrays")]
pub async fn rewrite(conn: &mut Conn, comment_id: Uuid, notes: &[(i64, String)]) -> QueryResult<usize> {
    let (revisions, notes): (Vec<i64>, Vec<&str>) = notes.iter().map(|(at, note)| (*at, note.as_str())).unzip();
    sql_query(
        "UPDATE corrections SET note = other.note FROM unnest($2, $3) AS other (revision, note)
         WHERE comment_id = $1 AND corrections.revision = other.revision",
    )
    .bind::<SqlUuid, _>(comment_id)
    .bind::<Array<BigInt>, _>(revisions)
    .bind::<Array<Text>, _>(notes)
    .prepared()
    .execute(conn)
    .await
}

/// Deletes the notes on these comments.
pub async fn forget(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<usize> {
    diesel::delete(corrections::table.filter(corrections::comment_id.eq_any(comment_ids))).execute(conn).await
}
