//! Statements on what staff answered.

use super::super::types::GivenAnswer;
use crate::db::{
    Conn,
    schema::{question_answers, questions},
};
use diesel::{prelude::*, upsert::excluded};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Keeps answers. What one answers stays; who gave it may be gone since.
pub async fn keep(conn: &mut Conn, answers: &[GivenAnswer]) -> QueryResult<usize> {
    diesel::insert_into(question_answers::table)
        .values(answers)
        .on_conflict(question_answers::answer_id)
        .do_update()
        .set(question_answers::given_by.eq(excluded(question_answers::given_by)))
        .execute(conn)
        .await
}

/// Takes answers away, and says what they answered.
pub async fn take(conn: &mut Conn, answer_ids: &[Uuid]) -> QueryResult<Vec<Uuid>> {
    diesel::delete(question_answers::table.filter(question_answers::answer_id.eq_any(answer_ids)))
        .returning(question_answers::comment_id)
        .get_results(conn)
        .await
}

/// The first answer that counts of each of these questions, where there is one, be the question written down yet or not.
pub async fn first_of(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<Vec<GivenAnswer>> {
    let counts = questions::reopened_at
        .nullable()
        .is_null()
        .or(questions::reopened_at.nullable().lt(question_answers::given_at.nullable()))
        .assume_not_null();
    question_answers::table
        .left_join(questions::table.on(questions::comment_id.eq(question_answers::comment_id)))
        .filter(question_answers::comment_id.eq_any(comment_ids).and(counts))
        .distinct_on(question_answers::comment_id)
        .order((question_answers::comment_id, question_answers::given_at, question_answers::answer_id))
        .select(GivenAnswer::as_select())
        .load(conn)
        .await
}
