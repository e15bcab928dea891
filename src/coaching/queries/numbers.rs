//! Counting the desk, as far as a page of numbers needs it.

use super::super::types::{AnsweredBy, OpenCounts};
use crate::db::{Conn, Prepare};
use chrono::{DateTime, Utc};
use diesel::{
    sql_query,
    sql_types::{BigInt, Timestamptz},
};
use diesel_async::RunQueryDsl;

/// What waits, `most` at most of each kind. Those that wait are counted from the oldest on, so that the oldest and the middle
/// one are of the oldest where there are more.
#[expect(clippy::disallowed_methods, reason = "unions of limited parts are not in the query builder")]
pub async fn open(conn: &mut Conn, now: DateTime<Utc>, most: i64) -> diesel::QueryResult<OpenCounts> {
    sql_query(
        "WITH waiting AS (
             SELECT asked_at FROM (
                 (SELECT asked_at FROM unnest('{0,1,2,3}'::smallint[]) AS lane (turn) CROSS JOIN LATERAL (
                      SELECT questions.asked_at FROM questions
                      WHERE shown AND state = 'waiting' AND questions.turn = lane.turn
                      ORDER BY asked_at, comment_id LIMIT $2
                  ) AS questions)
                 UNION ALL
                 (SELECT asked_at FROM questions WHERE shown AND quiet_until <= $1 LIMIT $2)
             ) AS all_waiting
             ORDER BY asked_at LIMIT $2
         ), quiet AS (
             SELECT state FROM questions WHERE shown AND quiet_until > $1 LIMIT $2
         )
         SELECT (SELECT count(*) FROM waiting) AS waiting,
                (SELECT count(*) FROM quiet WHERE state = 'claimed') AS claimed,
                (SELECT count(*) FROM quiet WHERE state = 'snoozed') AS snoozed,
                (SELECT min(asked_at) FROM waiting) AS oldest_at,
                (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY asked_at) FROM waiting) AS median_at",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<BigInt, _>(most)
    .prepared()
    .get_result(conn)
    .await
}

/// Who has answered since a time, and how often, `most` answers at most, the most first.
#[expect(clippy::disallowed_methods, reason = "grouping a limited part is not in the query builder")]
pub async fn answered(conn: &mut Conn, since: DateTime<Utc>, most: i64) -> diesel::QueryResult<Vec<AnsweredBy>> {
    sql_query(
        "SELECT answered_by, count(*) AS answered FROM (
             SELECT answered_by FROM questions
             WHERE shown AND state = 'answered' AND answered_at >= $1 ORDER BY answered_at LIMIT $2
         ) AS answers
         GROUP BY answered_by ORDER BY answered DESC, answered_by",
    )
    .bind::<Timestamptz, _>(since)
    .bind::<BigInt, _>(most)
    .prepared()
    .load(conn)
    .await
}
