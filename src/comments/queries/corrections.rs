//! What authors say of having corrected their comments.

use super::super::types::Correction;
use crate::db::{Conn, schema::corrections};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
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

/// Deletes the notes on these comments.
pub async fn forget(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<usize> {
    diesel::delete(corrections::table.filter(corrections::comment_id.eq_any(comment_ids))).execute(conn).await
}
