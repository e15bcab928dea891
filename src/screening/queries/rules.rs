//! The publication's rules.

use super::super::types::{RuleInForce, RuleRow, ScreeningRule};
use crate::{
    db::{Conn, schema::screening_rules},
    http::{cursor::Direction, list::Span},
};
use chrono::{DateTime, Utc};
use diesel::{prelude::*, sql_query, sql_types::BigInt};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// What whoever makes a rule holds until the end of the transaction, so that two together do not make one too many.
const TURN: i64 = 0x7275_6c65;

/// Waits for everybody else who makes a rule.
#[expect(clippy::disallowed_methods, reason = "advisory locks are not in the query builder")]
pub async fn take_turn(conn: &mut Conn) -> QueryResult<usize> {
    sql_query("SELECT pg_advisory_xact_lock($1)").bind::<BigInt, _>(TURN).execute(conn).await
}

/// How many there are.
pub async fn count(conn: &mut Conn) -> QueryResult<i64> {
    screening_rules::table.count().get_result(conn).await
}

/// Those that are switched on, in the order in which they were made.
pub async fn in_force(conn: &mut Conn) -> QueryResult<Vec<RuleInForce>> {
    screening_rules::table
        .filter(screening_rules::enabled)
        .order(screening_rules::id)
        .select(RuleInForce::as_select())
        .load(conn)
        .await
}

/// In the order in which they were made; one more than the page holds.
pub async fn page(conn: &mut Conn, span: &Span<Uuid>) -> QueryResult<Vec<ScreeningRule>> {
    let (id, from) = (screening_rules::id, span.from);
    let page = screening_rules::table.select(ScreeningRule::as_select()).limit(span.limit + 1).into_boxed();
    match span.direction {
        Direction::Next => page.filter(id.gt(from.unwrap_or_default())).order(id.asc()),
        Direction::Previous => page.filter(id.lt(from.unwrap_or(Uuid::max()))).order(id.desc()),
    }
    .load(conn)
    .await
}

pub async fn find(conn: &mut Conn, id: Uuid) -> QueryResult<Option<ScreeningRule>> {
    screening_rules::table.find(id).select(ScreeningRule::as_select()).first(conn).await.optional()
}

/// The same, which nobody else changes until the end of the transaction.
pub async fn hold(conn: &mut Conn, id: Uuid) -> QueryResult<Option<ScreeningRule>> {
    screening_rules::table.find(id).select(ScreeningRule::as_select()).for_update().first(conn).await.optional()
}

pub async fn insert(conn: &mut Conn, id: Uuid, rule: &RuleRow<'_>, now: DateTime<Utc>) -> QueryResult<ScreeningRule> {
    let times = (screening_rules::created_at.eq(now), screening_rules::updated_at.eq(now));
    diesel::insert_into(screening_rules::table)
        .values((screening_rules::id.eq(id), rule, times))
        .returning(ScreeningRule::as_returning())
        .get_result(conn)
        .await
}

pub async fn change(conn: &mut Conn, id: Uuid, rule: &RuleRow<'_>, now: DateTime<Utc>) -> QueryResult<ScreeningRule> {
    let next = (screening_rules::revision.eq(screening_rules::revision + 1), screening_rules::updated_at.eq(now));
    diesel::update(screening_rules::table.find(id))
        .set((rule, next))
        .returning(ScreeningRule::as_returning())
        .get_result(conn)
        .await
}

pub async fn delete(conn: &mut Conn, id: Uuid) -> QueryResult<usize> {
    diesel::delete(screening_rules::table.find(id)).execute(conn).await
}
