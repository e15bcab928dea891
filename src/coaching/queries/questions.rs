//! Statements on single questions and on what they are found by.

use super::super::types::Question;
use crate::db::{
    Conn,
    schema::{question_coaches, questions},
};
use chrono::{DateTime, Utc};
use diesel::{
    dsl::array_remove,
    prelude::*,
    sql_types::{Array, Nullable, Uuid as SqlUuid},
    upsert::excluded,
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// A question that is on the desk.
pub async fn find(conn: &mut Conn, comment_id: Uuid) -> QueryResult<Option<Question>> {
    let shown = questions::table.find(comment_id).filter(questions::shown);
    shown.select(Question::as_select()).first(conn).await.optional()
}

/// These questions, whether they are on the desk or off it, held until the end of the transaction.
pub async fn hold(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<Vec<Question>> {
    questions::table
        .filter(questions::comment_id.eq_any(comment_ids))
        .order(questions::comment_id)
        .select(Question::as_select())
        .for_update()
        .load(conn)
        .await
}

/// Puts questions on the desk that are not there yet.
pub async fn insert(conn: &mut Conn, rows: &[Question]) -> QueryResult<usize> {
    diesel::insert_into(questions::table).values(rows).on_conflict_do_nothing().execute(conn).await
}

/// Writes questions that are held as they are now. What they are found by follows them in the database.
pub async fn store(conn: &mut Conn, rows: &[Question]) -> QueryResult<usize> {
    diesel::insert_into(questions::table)
        .values(rows)
        .on_conflict(questions::comment_id)
        .do_update()
        .set((
            questions::section_id.eq(excluded(questions::section_id)),
            questions::state.eq(excluded(questions::state)),
            questions::shown.eq(excluded(questions::shown)),
            questions::turn.eq(excluded(questions::turn)),
            questions::language.eq(excluded(questions::language)),
            questions::by_guest.eq(excluded(questions::by_guest)),
            questions::claimed_by.eq(excluded(questions::claimed_by)),
            questions::quiet_until.eq(excluded(questions::quiet_until)),
            questions::answer_id.eq(excluded(questions::answer_id)),
            questions::answered_by.eq(excluded(questions::answered_by)),
            questions::answered_at.eq(excluded(questions::answered_at)),
            questions::decided_by.eq(excluded(questions::decided_by)),
            questions::decided_at.eq(excluded(questions::decided_at)),
            questions::reopened_at.eq(excluded(questions::reopened_at)),
            questions::asked.eq(excluded(questions::asked)),
        ))
        .execute(conn)
        .await
}

/// Questions whose claim or snooze is over, held until the end of the transaction, but for those that somebody is just taking
/// up.
pub async fn over(conn: &mut Conn, now: DateTime<Utc>, limit: i64) -> QueryResult<Vec<Question>> {
    questions::table
        .filter(questions::quiet_until.le(now))
        .order((questions::quiet_until, questions::comment_id))
        .limit(limit)
        .select(Question::as_select())
        .for_update()
        .skip_locked()
        .load(conn)
        .await
}

/// What somebody has claimed, be it over or not.
pub async fn claimed_by(conn: &mut Conn, account_id: Uuid) -> QueryResult<Vec<Uuid>> {
    questions::table.filter(questions::claimed_by.eq(account_id)).select(questions::comment_id).load(conn).await
}

/// Questions that somebody decided on, `limit` at most.
pub async fn decided_by(conn: &mut Conn, account_id: Uuid, limit: i64) -> QueryResult<Vec<Uuid>> {
    let theirs = questions::table.filter(questions::decided_by.eq(account_id)).limit(limit);
    theirs.select(questions::comment_id).load(conn).await
}

/// Questions on the desk that somebody is asked, `limit` at most. Who is asked by those off it is found out anew when they come
/// back.
pub async fn asked_of(conn: &mut Conn, account_id: Uuid, limit: i64) -> QueryResult<Vec<Uuid>> {
    let asked = question_coaches::account_id.eq(account_id).and(question_coaches::shown);
    let theirs = question_coaches::table.filter(asked).limit(limit);
    theirs.select(question_coaches::comment_id).load(conn).await
}

/// Forgets of these questions, which are held, that somebody decided on them and is asked.
pub async fn forget_person(conn: &mut Conn, comment_ids: &[Uuid], account_id: Uuid) -> QueryResult<()> {
    let these = || questions::table.filter(questions::comment_id.eq_any(comment_ids));
    let decided = these().filter(questions::decided_by.eq(account_id));
    diesel::update(decided).set(questions::decided_by.eq(None::<Uuid>)).execute(conn).await?;
    let filed = question_coaches::comment_id.eq_any(comment_ids).and(question_coaches::account_id.eq(account_id));
    diesel::delete(question_coaches::table.filter(filed)).execute(conn).await?;
    let asked = these().filter(questions::asked.contains(vec![Some(account_id)]));
    let others = array_remove::<Array<Nullable<SqlUuid>>, Nullable<SqlUuid>, _, _>(questions::asked, Some(account_id));
    diesel::update(asked).set(questions::asked.eq(others)).execute(conn).await?;
    Ok(())
}
