//! Every statement on the audit. There is none that changes a record.

use super::types::{NewNetwork, NewRecord, Note, Record, Wanted};
use crate::{
    db::{
        Conn,
        schema::{audit, audit_networks},
    },
    http::cursor::Direction,
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

pub async fn insert(conn: &mut Conn, row: &NewRecord) -> QueryResult<usize> {
    diesel::insert_into(audit::table).values(row).execute(conn).await
}

pub async fn insert_network(conn: &mut Conn, row: &NewNetwork) -> QueryResult<usize> {
    diesel::insert_into(audit_networks::table).values(row).execute(conn).await
}

/// The one thing that is forgotten, and stands apart because of it.
pub async fn forget_networks(conn: &mut Conn, before: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(audit_networks::table.filter(audit_networks::at.lt(before))).execute(conn).await
}

/// The same for all that one account did or had done to it.
pub async fn forget_networks_of(conn: &mut Conn, account_id: Uuid) -> QueryResult<usize> {
    let own =
        audit::table.filter(audit::subject_id.eq(account_id).or(audit::actor_id.eq(account_id))).select(audit::id);
    diesel::delete(audit_networks::table.filter(audit_networks::audit_id.eq_any(own))).execute(conn).await
}

/// The newest first; one more than the page holds, to see whether there is another.
pub async fn page(conn: &mut Conn, wanted: &Wanted<'_>) -> QueryResult<Vec<Record>> {
    let mut query = audit::table.select(Record::as_select()).limit(wanted.span.limit + 1).into_boxed();
    if let Some(actor) = wanted.actor_id {
        query = query.filter(audit::actor_id.eq(actor));
    }
    if let Some(subject) = wanted.subject_id {
        query = query.filter(audit::subject_id.eq(subject));
    }
    if let Some(kind) = wanted.kind {
        query = query.filter(audit::kind.eq(kind));
    }
    let from = wanted.span.from;
    match wanted.span.direction {
        Direction::Next => query.filter(audit::id.lt(from.unwrap_or(Uuid::max()))).order(audit::id.desc()),
        Direction::Previous => query.filter(audit::id.gt(from.unwrap_or_default())).order(audit::id.asc()),
    }
    .load(conn)
    .await
}

/// What was done to somebody. Ids begin with the time at which they were made.
pub async fn about(conn: &mut Conn, subject_id: Uuid, after: Uuid, limit: i64) -> QueryResult<Vec<Note>> {
    audit::table
        .filter(audit::subject_id.eq(subject_id).and(audit::id.gt(after)))
        .order(audit::id)
        .limit(limit)
        .select((audit::id, audit::kind, audit::at))
        .load(conn)
        .await
}
