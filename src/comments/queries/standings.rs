//! What became of what somebody wrote, many people at a time.

use super::super::types::Figures;
use crate::db::{Conn, Prepare};
use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// For each account or guest: comments that are shown, counted up to `most`, and those whose last verdict since then was
/// approval or rejection. In two branches, since a LIMIT does not stop Postgres from gathering both indexes for an OR.
#[expect(clippy::disallowed_methods, reason = "LATERAL is not in the query builder")]
pub async fn figures(
    mut conn: &Conn,
    author_ids: &[Uuid],
    most: u32,
    since: DateTime<Utc>,
) -> QueryResult<Vec<Figures>> {
    sql_query(
        "SELECT author_id, approved, approved_lately, rejected_lately
         FROM unnest($1) AS author (author_id)
         CROSS JOIN LATERAL (
             SELECT count(*) AS approved FROM (
                 (SELECT FROM comments WHERE account_id = author_id AND status = 'visible'
                  ORDER BY account_id, id LIMIT $2)
                 UNION ALL
                 (SELECT FROM comments WHERE guest_id = author_id AND status = 'visible' LIMIT $2)
             ) AS shown
         ) AS standing
         CROSS JOIN LATERAL (
             SELECT count(*) FILTER (WHERE became = 'visible') AS approved_lately,
                    count(*) FILTER (WHERE became = 'rejected') AS rejected_lately
             FROM (
                 SELECT DISTINCT ON (comment_id) became FROM verdicts
                 WHERE verdicts.author_id = author.author_id AND at > $3 AND undone_at IS NULL
                 ORDER BY comment_id, at DESC, id DESC
             ) AS last
         ) AS lately",
    )
    .bind::<Array<SqlUuid>, _>(author_ids)
    .bind::<BigInt, _>(i64::from(most))
    .bind::<Timestamptz, _>(since)
    .prepared()
    .load(&mut conn)
    .await
}
