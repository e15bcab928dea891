//! The whole questions that questions are found by: whether they are as their question is.

use crate::db::{Conn, Prepare, schema::questions};
use diesel::{prelude::*, sql_query, sql_types::Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// The questions that are not the same however they are found. Whole rows are compared, so that a column which one of the tables
/// does not have is noticed, too.
#[expect(clippy::disallowed_methods, reason = "rows as JSON are not in the query builder")]
pub async fn drifted(conn: &mut Conn) -> QueryResult<Vec<Uuid>> {
    #[derive(QueryableByName)]
    struct Drifted {
        #[diesel(sql_type = SqlUuid)]
        comment_id: Uuid,
    }
    let drifted: Vec<Drifted> = sql_query(
        "SELECT comment_id FROM question_tags AS filed JOIN questions USING (comment_id)
         WHERE to_jsonb(filed) - 'tag_id' <> to_jsonb(questions)
         UNION
         SELECT comment_id FROM question_coaches AS filed JOIN questions USING (comment_id)
         WHERE to_jsonb(filed) - 'account_id' <> to_jsonb(questions)",
    )
    .prepared()
    .load(conn)
    .await?;
    Ok(drifted.into_iter().map(|each| each.comment_id).collect())
}

/// Writes questions as they are: what they are found by follows.
pub async fn touch(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<usize> {
    let questions = questions::table.filter(questions::comment_id.eq_any(comment_ids));
    diesel::update(questions).set(questions::state.eq(questions::state)).execute(conn).await
}
