//! Sanctions: those in force on people, and those that were.

use super::super::types::{NewSanction, SanctionFilter, SanctionKind, SanctionRow, SubjectKind};
use crate::{
    db::{Conn, schema::sanctions},
    http::{cursor::Direction, list::Span},
};
use chrono::{DateTime, Utc};
use diesel::{dsl::IntoBoxed, pg::Pg, prelude::*, sql_query, sql_types::Timestamptz};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Sanctions of one person that are told, at most.
const TOLD: i64 = 100;

/// Those that hold at a time on any of these subjects. None is taken for another: ids are unique, and hashes that were made
/// for different purposes never agree.
fn holding(subjects: Vec<Vec<u8>>, now: DateTime<Utc>) -> IntoBoxed<'static, sanctions::table, Pg> {
    sanctions::table
        .filter(sanctions::subject.eq_any(subjects))
        .filter(sanctions::lifted_at.is_null())
        .filter(sanctions::expires_at.is_null().or(sanctions::expires_at.gt(now).assume_not_null()))
        .into_boxed()
}

/// All that holds on any of these subjects.
pub async fn in_force(mut conn: &Conn, subjects: Vec<Vec<u8>>, now: DateTime<Utc>) -> QueryResult<Vec<SanctionRow>> {
    holding(subjects, now).select(SanctionRow::as_select()).load(&mut conn).await
}

/// The newest of the same, as many as a person is told.
pub async fn told(conn: &mut Conn, subjects: Vec<Vec<u8>>, now: DateTime<Utc>) -> QueryResult<Vec<SanctionRow>> {
    let newest = holding(subjects, now).order(sanctions::id.desc()).limit(TOLD);
    newest.select(SanctionRow::as_select()).load(conn).await
}

/// Notes that a person has read a sanction that holds on them. No row where there is none.
pub async fn acknowledge(
    conn: &mut Conn,
    id: Uuid,
    subjects: Vec<Vec<u8>>,
    now: DateTime<Utc>,
) -> QueryResult<Option<Uuid>> {
    let own = holding(subjects, now).filter(sanctions::id.eq(id)).select(sanctions::id);
    let own: Option<Uuid> = own.first(conn).await.optional()?;
    if own.is_some() {
        diesel::update(sanctions::table.find(id).filter(sanctions::acknowledged_at.is_null()))
            .set(sanctions::acknowledged_at.eq(now))
            .execute(conn)
            .await?;
    }
    Ok(own)
}

pub async fn insert(conn: &mut Conn, row: &NewSanction<'_>) -> QueryResult<SanctionRow> {
    diesel::insert_into(sanctions::table).values(row).returning(SanctionRow::as_returning()).get_result(conn).await
}

pub async fn find(conn: &mut Conn, id: Uuid) -> QueryResult<Option<SanctionRow>> {
    sanctions::table.find(id).select(SanctionRow::as_select()).first(conn).await.optional()
}

/// Lifts what holds on a subject of one kind. Returns what was lifted.
pub async fn lift(
    conn: &mut Conn,
    subject: &[u8],
    kind: SanctionKind,
    by: Uuid,
    now: DateTime<Utc>,
) -> QueryResult<Vec<Uuid>> {
    let holding = sanctions::table
        .filter(sanctions::subject.eq(subject).and(sanctions::kind.eq(kind.as_str())))
        .filter(sanctions::lifted_at.is_null())
        .filter(sanctions::expires_at.is_null().or(sanctions::expires_at.gt(now).assume_not_null()));
    diesel::update(holding)
        .set((sanctions::lifted_by.eq(by), sanctions::lifted_at.eq(now)))
        .returning(sanctions::id)
        .get_results(conn)
        .await
}

/// Lifts one. What was lifted before stays as it was.
pub async fn lift_one(conn: &mut Conn, id: Uuid, by: Uuid, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(sanctions::table.find(id).filter(sanctions::lifted_at.is_null()))
        .set((sanctions::lifted_by.eq(by), sanctions::lifted_at.eq(now)))
        .execute(conn)
        .await
}

/// The newest first; one more than the page holds. Ids begin with the time at which they were made.
pub async fn page(
    conn: &mut Conn,
    filter: &SanctionFilter,
    span: &Span<Uuid>,
    now: DateTime<Utc>,
) -> QueryResult<Vec<SanctionRow>> {
    let mut query = sanctions::table.select(SanctionRow::as_select()).limit(span.limit + 1).into_boxed();
    let holds = sanctions::lifted_at
        .is_null()
        .and(sanctions::expires_at.is_null().or(sanctions::expires_at.gt(now).assume_not_null()));
    match filter.in_force {
        Some(true) => query = query.filter(holds),
        Some(false) => {
            let over = sanctions::expires_at.le(now).assume_not_null();
            query = query.filter(sanctions::lifted_at.is_not_null().or(sanctions::expires_at.is_not_null().and(over)));
        }
        None => {}
    }
    if let Some(kind) = filter.kind {
        query = query.filter(sanctions::kind.eq(kind.as_str()));
    }
    if let Some(id) = filter.on {
        query = query.filter(sanctions::subject.eq(id.as_bytes().to_vec()));
    }
    match span.direction {
        Direction::Next => {
            query
                .filter(sanctions::id.lt(span.from.unwrap_or(Uuid::max())))
                .order(sanctions::id.desc())
                .load(conn)
                .await
        }
        Direction::Previous => {
            query.filter(sanctions::id.gt(span.from.unwrap_or_default())).order(sanctions::id.asc()).load(conn).await
        }
    }
}

/// What is or was on an account, in the order of their ids.
pub async fn of_account(conn: &mut Conn, id: Uuid, after: Uuid, limit: i64) -> QueryResult<Vec<SanctionRow>> {
    sanctions::table
        .filter(sanctions::subject.eq(id.as_bytes().as_slice()).and(sanctions::id.gt(after)))
        .order(sanctions::id)
        .limit(limit)
        .select(SanctionRow::as_select())
        .load(conn)
        .await
}

/// Forgets all that is or was on an account or a guest.
pub async fn forget(conn: &mut Conn, subject: &[u8]) -> QueryResult<usize> {
    diesel::delete(sanctions::table.filter(sanctions::subject.eq(subject))).execute(conn).await
}

/// Forgets all that is or was on an address but what keeps it out, and of that, why.
pub async fn forget_address(conn: &mut Conn, email_hash: &[u8]) -> QueryResult<usize> {
    let on = || sanctions::table.filter(sanctions::subject.eq(email_hash.to_vec()));
    let ban = SanctionKind::Ban.as_str();
    let gone = on().filter(sanctions::kind.ne(ban).or(sanctions::lifted_at.is_not_null()));
    let gone = diesel::delete(gone).execute(conn).await?;
    let kept = diesel::update(on())
        .set((sanctions::message.eq(None::<String>), sanctions::comment_id.eq(None::<Uuid>)))
        .execute(conn)
        .await?;
    Ok(gone + kept)
}

/// Takes comments off the sanctions that they gave rise to, and what was said about them.
pub async fn forget_causes(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<usize> {
    diesel::update(sanctions::table.filter(sanctions::comment_id.eq_any(comment_ids)))
        .set((sanctions::message.eq(None::<String>), sanctions::comment_id.eq(None::<Uuid>)))
        .execute(conn)
        .await
}

/// What was on a guest is on an account from now on.
pub async fn hand_over(conn: &mut Conn, guest_id: Uuid, account_id: Uuid) -> QueryResult<usize> {
    diesel::update(sanctions::table.filter(sanctions::subject.eq(guest_id.as_bytes().as_slice())))
        .set((
            sanctions::subject_kind.eq(SubjectKind::Account.as_str()),
            sanctions::subject.eq(account_id.as_bytes().as_slice()),
        ))
        .execute(conn)
        .await
}

/// Forgets hashes on which nothing holds any more, and what ended on anybody before a time.
#[expect(clippy::disallowed_methods, reason = "least() is not in the query builder")]
pub async fn sweep(conn: &mut Conn, now: DateTime<Utc>, before: DateTime<Utc>) -> QueryResult<usize> {
    sql_query(
        "DELETE FROM sanctions
         WHERE least(expires_at, lifted_at) <= CASE WHEN subject_kind IN ('email', 'network') THEN $1 ELSE $2 END",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<Timestamptz, _>(before)
    .execute(conn)
    .await
}
