//! Statements of whoever makes the desk out of the events.

use super::super::types::Known;
use crate::db::{
    Conn, Prepare,
    schema::{question_answers, questions},
};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// What the desk knows of these comments.
pub async fn known(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<Known> {
    let asking = questions::table.filter(questions::comment_id.eq_any(comment_ids));
    let asking: Vec<Uuid> = asking.select(questions::comment_id).load(conn).await?;
    let answering = question_answers::table.filter(question_answers::answer_id.eq_any(comment_ids));
    let answering: Vec<(Uuid, Uuid)> =
        answering.select((question_answers::answer_id, question_answers::comment_id)).load(conn).await?;
    Ok(Known { questions: asking.into_iter().collect(), answers: answering.into_iter().collect() })
}

/// Files questions under the tags of their articles, pair by pair, and under no others, each as it stands.
#[expect(clippy::disallowed_methods, reason = "an upsert from a join is not in the query builder")]
pub async fn file_tags(conn: &mut Conn, of: &[Uuid], comment_ids: &[Uuid], tag_ids: &[Uuid]) -> QueryResult<usize> {
    sql_query(
        "WITH wanted AS (
             SELECT comment_id, tag_id FROM unnest($2, $3) AS wanted (comment_id, tag_id)
         ), gone AS (
             DELETE FROM question_tags AS filed
             WHERE filed.comment_id = ANY($1) AND NOT EXISTS (
                 SELECT FROM wanted WHERE wanted.comment_id = filed.comment_id AND wanted.tag_id = filed.tag_id
             )
         )
         INSERT INTO question_tags AS filed (comment_id, tag_id, state, shown, turn, asked_at)
         SELECT wanted.comment_id, wanted.tag_id, questions.state, questions.shown, questions.turn, questions.asked_at
         FROM wanted JOIN questions ON questions.comment_id = wanted.comment_id
         ON CONFLICT (comment_id, tag_id) DO UPDATE
         SET state = excluded.state, shown = excluded.shown, turn = excluded.turn
         WHERE (filed.state, filed.shown, filed.turn) IS DISTINCT FROM (excluded.state, excluded.shown, excluded.turn)",
    )
    .bind::<Array<SqlUuid>, _>(of)
    .bind::<Array<SqlUuid>, _>(comment_ids)
    .bind::<Array<SqlUuid>, _>(tag_ids)
    .prepared()
    .execute(conn)
    .await
}

/// The same for those who are asked.
#[expect(clippy::disallowed_methods, reason = "an upsert from a join is not in the query builder")]
pub async fn file_coaches(
    conn: &mut Conn,
    of: &[Uuid],
    comment_ids: &[Uuid],
    account_ids: &[Uuid],
) -> QueryResult<usize> {
    sql_query(
        "WITH wanted AS (
             SELECT comment_id, account_id FROM unnest($2, $3) AS wanted (comment_id, account_id)
         ), gone AS (
             DELETE FROM question_coaches AS filed
             WHERE filed.comment_id = ANY($1) AND NOT EXISTS (
                 SELECT FROM wanted WHERE wanted.comment_id = filed.comment_id AND wanted.account_id = filed.account_id
             )
         )
         INSERT INTO question_coaches AS filed (comment_id, account_id, state, shown, turn, asked_at)
         SELECT wanted.comment_id, wanted.account_id, questions.state, questions.shown, questions.turn,
                questions.asked_at
         FROM wanted JOIN questions ON questions.comment_id = wanted.comment_id
         ON CONFLICT (comment_id, account_id) DO UPDATE
         SET state = excluded.state, shown = excluded.shown, turn = excluded.turn
         WHERE (filed.state, filed.shown, filed.turn) IS DISTINCT FROM (excluded.state, excluded.shown, excluded.turn)",
    )
    .bind::<Array<SqlUuid>, _>(of)
    .bind::<Array<SqlUuid>, _>(comment_ids)
    .bind::<Array<SqlUuid>, _>(account_ids)
    .prepared()
    .execute(conn)
    .await
}
