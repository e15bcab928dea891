//! Comments that somebody outside is asked about.

use super::super::types::{CommentStatus, Unchecked};
use crate::{
    db::{
        Conn, Prepare,
        schema::{comment_hits, reviews},
    },
    screening::Check,
};
use chrono::{DateTime, Utc};
use diesel::{
    define_sql_function,
    prelude::*,
    sql_query,
    sql_types::{BigInt, SmallInt, Timestamptz},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

define_sql_function! {
    /// The larger of two numbers.
    fn greatest(one: SmallInt, other: SmallInt) -> SmallInt;
}

/// Leases what is due, the longest due first. What another is leasing just now is left to them.
#[expect(clippy::disallowed_methods, reason = "an UPDATE from what is locked is not in the query builder")]
pub async fn lease(
    conn: &mut Conn,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<Unchecked>> {
    sql_query(
        "WITH due AS (
             SELECT comment_id FROM reviews WHERE external_at <= $1
             ORDER BY external_at LIMIT $3 FOR UPDATE SKIP LOCKED
         )
         UPDATE reviews SET external_at = $2, external_tries = external_tries + 1
         FROM due JOIN comments ON comments.id = due.comment_id JOIN articles ON articles.id = comments.article_id
         WHERE reviews.comment_id = due.comment_id
         RETURNING comments.id, comments.revision, comments.body_text AS text, comments.body_html AS html,
                   articles.locale AS language, comments.guest_id IS NOT NULL AS by_guest,
                   reviews.external_tries AS tries, reviews.external_at AS leased_until",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(until)
    .bind::<BigInt, _>(limit)
    .prepared()
    .load(conn)
    .await
}

/// Ends a lease: it is asked again at the given time, or never. Says how soon somebody should look at the comment; nothing, if
/// the lease was over already or the comment waits no more.
pub async fn end(conn: &mut Conn, leased: &Unchecked, again_at: Option<DateTime<Utc>>) -> QueryResult<Option<i16>> {
    diesel::update(reviews::table.find(leased.id))
        .filter(reviews::external_at.eq(leased.leased_until))
        .set(reviews::external_at.eq(again_at))
        .returning(reviews::priority)
        .get_result(conn)
        .await
        .optional()
}

/// Says what a comment waits for now. What was more urgent before stays so.
pub async fn wait(conn: &mut Conn, id: Uuid, status: CommentStatus, priority: i16) -> QueryResult<usize> {
    let state = reviews::state.eq(status.as_str());
    diesel::update(reviews::table.find(id))
        .set((state, reviews::priority.eq(greatest(reviews::priority, priority))))
        .execute(conn)
        .await
}

/// Turns the note that somebody is asked about a text into what they said.
pub async fn answer(
    conn: &mut Conn,
    (id, revision): (Uuid, i64),
    action: &str,
    detail: &str,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    let told = (comment_hits::action.eq(action), comment_hits::detail.eq(detail), comment_hits::at.eq(now));
    let of_text = comment_hits::comment_id.eq(id).and(comment_hits::revision.eq(revision));
    diesel::update(comment_hits::table)
        .filter(of_text.and(comment_hits::check_name.eq(Check::External.as_str())))
        .set(told)
        .execute(conn)
        .await
}

/// What else was found in a text: the actions that are asked for.
pub async fn other_actions(conn: &mut Conn, id: Uuid, revision: i64) -> QueryResult<Vec<String>> {
    comment_hits::table
        .filter(comment_hits::comment_id.eq(id).and(comment_hits::revision.eq(revision)))
        .filter(comment_hits::check_name.ne(Check::External.as_str()))
        .select(comment_hits::action)
        .load(conn)
        .await
}
