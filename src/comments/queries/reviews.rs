//! What waits for a moderator, and why: as it is written when a comment is posted, changed or reported. As arrays, so that one
//! prepared statement serves any number of them.

use super::super::types::{NewHit, NewReview};
use crate::db::{
    Conn, Prepare,
    schema::{comment_hits, comments, reviews},
};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Bool, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Keeps what was found in texts.
#[expect(clippy::disallowed_methods, reason = "unnest of several arrays is not in the query builder")]
pub async fn keep_hits(conn: &mut Conn, hits: &[NewHit]) -> QueryResult<usize> {
    let of = |hit: &NewHit| (hit.comment_id, (hit.revision, (hit.place, hit.check_name)));
    let (comments, (revisions, (places, checks))): (Vec<_>, (Vec<_>, (Vec<_>, Vec<_>))) = hits.iter().map(of).unzip();
    let of = |hit: &NewHit| (hit.rule_id, (hit.action, hit.at));
    let (rules, (actions, times)): (Vec<_>, (Vec<_>, Vec<_>)) = hits.iter().map(of).unzip();
    let details: Vec<&str> = hits.iter().map(|hit| hit.detail.as_str()).collect();
    sql_query(
        "INSERT INTO comment_hits (comment_id, revision, place, check_name, rule_id, action, detail, at)
         SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind::<Array<SqlUuid>, _>(comments)
    .bind::<Array<BigInt>, _>(revisions)
    .bind::<Array<SmallInt>, _>(places)
    .bind::<Array<Text>, _>(checks)
    .bind::<Array<Nullable<SqlUuid>>, _>(rules)
    .bind::<Array<Text>, _>(actions)
    .bind::<Array<Text>, _>(details)
    .bind::<Array<Timestamptz>, _>(times)
    .prepared()
    .execute(conn)
    .await
}

/// What held back the text before this revision holds it back still, beside `found` checks that found something in this one.
/// What somebody outside said of the other text is said no more.
#[expect(clippy::disallowed_methods, reason = "the query builder cannot insert what it selects with other values")]
pub async fn carry_hits(conn: &mut Conn, comment_id: Uuid, revision: i64, found: &[&str]) -> QueryResult<usize> {
    sql_query(
        "INSERT INTO comment_hits (comment_id, revision, place, check_name, rule_id, action, detail, at)
         SELECT comment_id, $2, place + cardinality($3), check_name, rule_id, action, detail, at
         FROM comment_hits
         WHERE comment_id = $1 AND revision = $2 - 1 AND action IN ('wait', 'hold', 'reject')
           AND check_name <> 'external' AND check_name <> ALL($3)",
    )
    .bind::<SqlUuid, _>(comment_id)
    .bind::<BigInt, _>(revision)
    .bind::<Array<Text>, _>(found)
    .prepared()
    .execute(conn)
    .await
}

/// Queues comments. What waits already keeps its place and its reports, and takes what is new; a claim on it ends. Nothing
/// lowers the priority that a moderator would have seen. Somebody outside who is still to be asked about what waits is asked
/// about what it says now; whoever has answered decides nothing again.
#[expect(clippy::disallowed_methods, reason = "unnest of several arrays is not in the query builder")]
pub async fn queue(conn: &mut Conn, rows: &[NewReview]) -> QueryResult<usize> {
    sql_query(
        "INSERT INTO reviews (comment_id, article_id, state, queued_at, priority, author_id, by_guest, has_link,
                              first_time, edited, external_at)
         SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (comment_id) DO UPDATE
         SET state = excluded.state, priority = greatest(reviews.priority, excluded.priority),
             has_link = excluded.has_link, edited = reviews.edited OR excluded.edited,
             external_at = CASE WHEN reviews.state IN ('pending', 'held') AND reviews.external_at IS NULL THEN NULL
                                ELSE coalesce(excluded.external_at, reviews.external_at) END,
             external_tries = CASE WHEN excluded.external_at IS NULL THEN reviews.external_tries ELSE 0 END,
             claimed_by = NULL",
    )
    .bind::<Array<SqlUuid>, _>(each(rows, |row| row.comment_id))
    .bind::<Array<SqlUuid>, _>(each(rows, |row| row.article_id))
    .bind::<Array<Text>, _>(each(rows, |row| row.state))
    .bind::<Array<Timestamptz>, _>(each(rows, |row| row.queued_at))
    .bind::<Array<SmallInt>, _>(each(rows, |row| row.priority))
    .bind::<Array<SqlUuid>, _>(each(rows, |row| row.author_id))
    .bind::<Array<Bool>, _>(each(rows, |row| row.by_guest))
    .bind::<Array<Bool>, _>(each(rows, |row| row.has_link))
    .bind::<Array<Bool>, _>(each(rows, |row| row.first_time))
    .bind::<Array<Bool>, _>(each(rows, |row| row.edited))
    .bind::<Array<Nullable<Timestamptz>>, _>(each(rows, |row| row.external_at))
    .prepared()
    .execute(conn)
    .await
}

/// Takes comments out of the queue: somebody has decided, or they are gone.
pub async fn leave(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<usize> {
    diesel::delete(reviews::table.filter(reviews::comment_id.eq_any(comment_ids))).execute(conn).await
}

/// Notes that a comment says something else than what was reported, if it was.
pub async fn note_edit(conn: &mut Conn, comment_id: Uuid) -> QueryResult<usize> {
    diesel::update(reviews::table.find(comment_id)).set(reviews::edited.eq(true)).execute(conn).await
}

/// Takes the author off comments that are still in the queue.
pub async fn unlink(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<usize> {
    diesel::update(reviews::table.filter(reviews::comment_id.eq_any(comment_ids)))
        .set((reviews::author_id.eq(Uuid::nil()), reviews::by_guest.eq(false)))
        .execute(conn)
        .await
}

/// What a guest wrote that is in the queue is an account's now.
pub async fn claim(conn: &mut Conn, guest_id: Uuid, account_id: Uuid) -> QueryResult<usize> {
    diesel::update(reviews::table.filter(reviews::author_id.eq(guest_id)))
        .set((reviews::author_id.eq(account_id), reviews::by_guest.eq(false)))
        .execute(conn)
        .await
}

/// Forgets what was found in these comments.
pub async fn forget_hits(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<usize> {
    diesel::delete(comment_hits::table.filter(comment_hits::comment_id.eq_any(comment_ids))).execute(conn).await
}

/// The checks that hold back the present texts of comments, in their order; of what is rejected, those that rejected it.
pub async fn reasons(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<Vec<(Uuid, String)>> {
    comment_hits::table
        .inner_join(comments::table)
        .filter(comment_hits::comment_id.eq_any(comment_ids))
        .filter(comment_hits::revision.eq(comments::revision).and(comment_hits::action.ne("note")))
        .filter(comments::status.ne("rejected").or(comment_hits::action.eq("reject")))
        .order((comment_hits::comment_id, comment_hits::place))
        .select((comment_hits::comment_id, comment_hits::check_name))
        .load(conn)
        .await
}

/// One column of what is queued.
fn each<T>(rows: &[NewReview], field: impl Fn(&NewReview) -> T) -> Vec<T> {
    rows.iter().map(field).collect()
}
