//! Whose comments were answered or approved.

use super::super::types::Asker;
use crate::db::{Conn, Prepare, schema::guests};
use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Those who do not work here and whose visible comments are answered by one of `answers`, which staff wrote and everybody
/// sees, or were approved at these times and had not been visible before; under published articles. In one statement.
#[expect(clippy::disallowed_methods, reason = "a union of what stands in one row is not in the query builder")]
pub async fn among(
    conn: &mut Conn,
    answers: &[Uuid],
    (approved, at): (&[Uuid], &[DateTime<Utc>]),
) -> QueryResult<Vec<Asker>> {
    sql_query(
        "WITH answers AS (
             SELECT comments.id, comments.parent_id, comments.root_id
             FROM comments JOIN accounts ON accounts.id = comments.account_id
             WHERE comments.id = ANY($1) AND comments.status = 'visible' AND comments.parent_id IS NOT NULL
               AND accounts.role IN ('coach', 'moderator', 'admin')
         ), news AS (
             SELECT parent_id AS comment_id, id AS answer_id, true AS direct FROM answers
             UNION ALL
             SELECT root_id, id, false FROM answers WHERE root_id <> parent_id
             UNION ALL
             SELECT verdicts.comment_id, NULL, false
             FROM verdicts JOIN unnest($2, $3) AS approved (id, at)
               ON verdicts.comment_id = approved.id AND verdicts.at = approved.at
             WHERE verdicts.was <> 'visible' AND verdicts.became = 'visible' AND verdicts.undone_at IS NULL
         )
         SELECT asked.id AS comment_id, news.answer_id, news.direct, asked.account_id, asked.guest_id,
                coalesce(accounts.email_hash, guests.email_hash) AS email_hash
         FROM news
         JOIN comments AS asked ON asked.id = news.comment_id
         JOIN articles ON articles.id = asked.article_id
         LEFT JOIN accounts ON accounts.id = asked.account_id
         LEFT JOIN guests ON guests.id = asked.guest_id
         WHERE asked.status = 'visible' AND articles.status = 'published'
           AND (accounts.role = 'reader' OR asked.guest_id IS NOT NULL)",
    )
    .bind::<Array<SqlUuid>, _>(answers)
    .bind::<Array<SqlUuid>, _>(approved)
    .bind::<Array<Timestamptz>, _>(at)
    .prepared()
    .load(conn)
    .await
}

/// The sealed addresses of guests who confirmed them and want mail about their comments; kept from being erased until the
/// end of the transaction.
pub async fn addresses(conn: &mut Conn, ids: &[Uuid]) -> QueryResult<Vec<(Uuid, Vec<u8>)>> {
    guests::table
        .filter(guests::id.eq_any(ids).and(guests::subscribed))
        .filter(guests::email_verified_at.is_not_null().and(guests::email_sealed.is_not_null()))
        .select((guests::id, guests::email_sealed.assume_not_null()))
        .for_key_share()
        .load(conn)
        .await
}
