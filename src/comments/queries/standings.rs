//! What became of what somebody wrote, many people at a time.

use super::super::types::Figures;
use crate::db::{Conn, Prepare};
use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Bool, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// For each account or guest: comments whose last verdict since then was approval or rejection, and those that are shown, counted
/// up to `most`. The latter only for those whom it is asked of, who are named with `true`, and for those who were rejected:
/// counting is most of the work. In two branches, since a LIMIT does not stop Postgres from gathering both indexes for an OR.
#[expect(clippy::disallowed_methods, reason = "LATERAL is not in the query builder")]
pub async fn figures(
    mut conn: &Conn,
    authors: &[(Uuid, bool)],
    most: u32,
    since: DateTime<Utc>,
) -> QueryResult<Vec<Figures>> {
    let (author_ids, counted): (Vec<Uuid>, Vec<bool>) = authors.iter().copied().unzip();
    sql_query(
        "SELECT author_id, approved, coalesce(approved_lately, 0) AS approved_lately,
                coalesce(rejected_lately, 0) AS rejected_lately
         FROM unnest($1, $2) AS author (author_id, counted)
         LEFT JOIN (
             SELECT author_id, count(*) FILTER (WHERE became = 'visible') AS approved_lately,
                    count(*) FILTER (WHERE became = 'rejected') AS rejected_lately
             FROM (
                 SELECT DISTINCT ON (author_id, comment_id) author_id, became FROM verdicts
                 WHERE author_id = ANY($1) AND at > $4 AND undone_at IS NULL
                 ORDER BY author_id, comment_id, at DESC, id DESC
             ) AS last
             GROUP BY author_id
         ) AS lately USING (author_id)
         CROSS JOIN LATERAL (
             SELECT count(*) AS approved FROM (
                 (SELECT FROM comments WHERE (counted OR rejected_lately > 0)
                  AND account_id = author_id AND status = 'visible' ORDER BY account_id, id LIMIT $3)
                 UNION ALL
                 (SELECT FROM comments WHERE (counted OR rejected_lately > 0)
                  AND guest_id = author_id AND status = 'visible' LIMIT $3)
             ) AS shown
         ) AS standing",
    )
    .bind::<Array<SqlUuid>, _>(author_ids)
    .bind::<Array<Bool>, _>(counted)
    .bind::<BigInt, _>(i64::from(most))
    .bind::<Timestamptz, _>(since)
    .prepared()
    .load(&mut conn)
    .await
}
