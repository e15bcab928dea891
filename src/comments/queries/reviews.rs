//! What waits for a moderator, and why: as it is written when a comment is posted, changed or reported.

use super::super::types::{NewHit, NewReview};
use crate::db::{
    Conn,
    schema::{comment_hits, reviews},
};
use diesel::{prelude::*, upsert::excluded};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Keeps what was found in texts.
pub async fn keep_hits(conn: &mut Conn, hits: &[NewHit]) -> QueryResult<usize> {
    diesel::insert_into(comment_hits::table).values(hits).execute(conn).await
}

/// Queues comments. What waits already keeps its place and its reports, and takes what is new; a claim on it ends.
pub async fn queue(conn: &mut Conn, rows: &[NewReview]) -> QueryResult<usize> {
    diesel::insert_into(reviews::table)
        .values(rows)
        .on_conflict(reviews::comment_id)
        .do_update()
        .set((
            reviews::state.eq(excluded(reviews::state)),
            reviews::priority.eq(excluded(reviews::priority)),
            reviews::has_link.eq(excluded(reviews::has_link)),
            reviews::edited.eq(excluded(reviews::edited)),
            reviews::external_at.eq(excluded(reviews::external_at)),
            reviews::claimed_by.eq(None::<Uuid>),
        ))
        .execute(conn)
        .await
}

/// Takes comments out of the queue: somebody has decided, or they are gone.
pub async fn leave(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<usize> {
    diesel::delete(reviews::table.filter(reviews::comment_id.eq_any(comment_ids))).execute(conn).await
}
