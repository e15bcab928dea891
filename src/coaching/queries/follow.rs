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

/// What a question is found by, beside what it tells itself. Each is a table that holds whole questions, which follow the
/// question in the database: a page by it is read where it is walked.
#[derive(Debug, Clone, Copy)]
pub enum FoundBy {
    /// A tag of its article.
    Tag,
    /// Somebody who is asked.
    Coach,
}

/// Has questions be found by keys, pair by pair, and by no others.
#[expect(clippy::disallowed_methods, reason = "an insert from an array is not in the query builder")]
pub async fn file(
    conn: &mut Conn,
    by: FoundBy,
    of: &[Uuid],
    comment_ids: &[Uuid],
    keys: &[Uuid],
) -> QueryResult<usize> {
    let (table, key) = match by {
        FoundBy::Tag => ("question_tags", "tag_id"),
        FoundBy::Coach => ("question_coaches", "account_id"),
    };
    sql_query(format!(
        "WITH wanted AS (
             SELECT comment_id, {key} FROM unnest($2, $3) AS wanted (comment_id, {key})
         ), gone AS (
             DELETE FROM {table} AS filed
             WHERE filed.comment_id = ANY($1) AND NOT EXISTS (
                 SELECT FROM wanted WHERE wanted.comment_id = filed.comment_id AND wanted.{key} = filed.{key}
             )
         )
         INSERT INTO {table} (comment_id, {key}) SELECT comment_id, {key} FROM wanted
         WHERE NOT EXISTS (
             SELECT FROM {table} AS filed WHERE filed.comment_id = wanted.comment_id AND filed.{key} = wanted.{key}
         )
         ON CONFLICT (comment_id, {key}) DO NOTHING",
    ))
    .bind::<Array<SqlUuid>, _>(of)
    .bind::<Array<SqlUuid>, _>(comment_ids)
    .bind::<Array<SqlUuid>, _>(keys)
    .prepared()
    .execute(conn)
    .await
}
