//! Threads whose coaches are coaches no more.

use super::super::types::Abandoned;
use crate::db::{
    Conn, Prepare,
    schema::{private_coaches, private_drafts, private_threads as it},
};
use diesel::{dsl::exists, prelude::*, sql_query, sql_types::Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Everybody who is in a thread as a coach, or whom alone one waits for. By leaps through the index: there are many more
/// threads than coaches.
#[expect(clippy::disallowed_methods, reason = "recursion is not in the query builder")]
pub async fn coaches(conn: &mut Conn) -> QueryResult<Vec<Uuid>> {
    #[derive(QueryableByName)]
    struct Coach {
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
    }
    let found: Vec<Coach> = sql_query(
        "WITH RECURSIVE seats (id) AS (
             (SELECT account_id FROM private_coaches ORDER BY account_id LIMIT 1)
             UNION ALL
             SELECT (SELECT account_id FROM private_coaches WHERE account_id > seats.id ORDER BY account_id LIMIT 1)
             FROM seats WHERE seats.id IS NOT NULL
         )
         SELECT id FROM seats WHERE id IS NOT NULL
         UNION
         SELECT asked_coach_id FROM private_threads WHERE waiting_since IS NOT NULL AND asked_coach_id IS NOT NULL",
    )
    .prepared()
    .load(conn)
    .await?;
    Ok(found.into_iter().map(|coach| coach.id).collect())
}

/// A thread of one of these coaches that its reader has left.
pub async fn left(conn: &mut Conn, gone: &[Uuid]) -> QueryResult<Option<Abandoned>> {
    it::table
        .inner_join(private_coaches::table)
        .filter(private_coaches::account_id.eq_any(gone).and(it::reader_left_at.is_not_null()))
        .select(Abandoned::as_select())
        .first(conn)
        .await
        .optional()
}

/// Other threads of these coaches, or that wait for one of them alone, `limit` at most; held.
pub async fn hold(conn: &mut Conn, gone: &[Uuid], limit: i64) -> QueryResult<Vec<Uuid>> {
    let theirs =
        private_coaches::table.filter(private_coaches::account_id.eq_any(gone)).select(private_coaches::thread_id);
    let asked = it::waiting_since.is_not_null().and(it::asked_coach_id.eq_any(gone).assume_not_null());
    it::table
        .filter(it::id.eq_any(theirs).or(asked).and(it::reader_left_at.is_null()))
        .order(it::id)
        .limit(limit)
        .select(it::id)
        .for_update()
        .load(conn)
        .await
}

/// Whether an account has a seat in any thread.
pub async fn has_seat(conn: &mut Conn, account_id: Uuid) -> QueryResult<bool> {
    let seats = private_coaches::table.filter(private_coaches::account_id.eq(account_id));
    diesel::select(exists(seats)).get_result(conn).await
}

/// Takes these coaches out of these threads, with what they had begun to write there.
pub async fn dismiss(conn: &mut Conn, thread_ids: &[Uuid], gone: &[Uuid]) -> QueryResult<()> {
    let drafts = private_drafts::thread_id.eq_any(thread_ids).and(private_drafts::person_id.eq_any(gone));
    diesel::delete(private_drafts::table.filter(drafts)).execute(conn).await?;
    let seats = private_coaches::thread_id.eq_any(thread_ids).and(private_coaches::account_id.eq_any(gone));
    diesel::delete(private_coaches::table.filter(seats)).execute(conn).await?;
    Ok(())
}
