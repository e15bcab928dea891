//! Statements on service tokens.

use super::super::types::{NewServiceToken, ServiceStanding, ServiceTokenRow};
use crate::{
    db::{
        Conn,
        schema::{accounts, service_tokens},
    },
    http::{cursor::Direction, list::Span},
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// How exactly it is known when a token was last used.
const USE_NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);

pub async fn insert(conn: &mut Conn, row: &NewServiceToken) -> QueryResult<usize> {
    diesel::insert_into(service_tokens::table).values(row).execute(conn).await
}

/// What there is to know of who shows this token, if it is good.
pub async fn standing(conn: &mut Conn, hash: &[u8], now: DateTime<Utc>) -> QueryResult<Option<ServiceStanding>> {
    service_tokens::table
        .filter(service_tokens::token_hash.eq(hash))
        .filter(service_tokens::revoked_at.is_null().and(service_tokens::expires_at.gt(now)))
        .select(ServiceStanding::as_select())
        .first(conn)
        .await
        .optional()
}

/// Notes that a token is being used, unless that was noted just before.
pub async fn note_use(conn: &mut Conn, id: Uuid, now: DateTime<Utc>) -> QueryResult<usize> {
    let long_ago = service_tokens::last_used_at.lt(now - USE_NOTED_EVERY);
    diesel::update(service_tokens::table.find(id))
        .filter(service_tokens::last_used_at.is_null().or(long_ago))
        .set(service_tokens::last_used_at.eq(now))
        .execute(conn)
        .await
}

/// Those that are not revoked, the newest first; one more than the page holds.
pub async fn page(conn: &mut Conn, span: &Span<Uuid>) -> QueryResult<Vec<ServiceTokenRow>> {
    let good = service_tokens::table
        .inner_join(accounts::table.on(accounts::id.eq(service_tokens::account_id)))
        .filter(service_tokens::revoked_at.is_null())
        .select((
            service_tokens::account_id,
            accounts::display_name,
            service_tokens::scopes,
            service_tokens::created_by,
            service_tokens::created_at,
            service_tokens::expires_at,
            service_tokens::last_used_at,
        ))
        .limit(span.limit + 1)
        .into_boxed();
    let (id, from) = (service_tokens::account_id, span.from);
    match span.direction {
        Direction::Next => good.filter(id.lt(from.unwrap_or(Uuid::max()))).order(id.desc()),
        Direction::Previous => good.filter(id.gt(from.unwrap_or_default())).order(id.asc()),
    }
    .load(conn)
    .await
}

/// Revokes a token. Returns how many were good before: one or none.
pub async fn revoke(conn: &mut Conn, id: Uuid, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(service_tokens::table.find(id))
        .filter(service_tokens::revoked_at.is_null())
        .set(service_tokens::revoked_at.eq(now))
        .execute(conn)
        .await
}
