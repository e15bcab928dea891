//! Statements on sessions and refresh tokens.

use super::super::types::{NewRefreshToken, NewSession, SessionRow, SessionStanding, ShownToken};
use crate::{
    db::{
        Conn,
        schema::{accounts, refresh_tokens, sessions},
    },
    http::cursor::Direction,
};
use chrono::{DateTime, Utc};
use diesel::{
    dsl::{IntoBoxed, exists, max},
    pg::Pg,
    prelude::*,
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

pub async fn insert(conn: &mut Conn, row: &NewSession) -> QueryResult<usize> {
    diesel::insert_into(sessions::table).values(row).execute(conn).await
}

pub async fn insert_token(conn: &mut Conn, row: &NewRefreshToken) -> QueryResult<usize> {
    diesel::insert_into(refresh_tokens::table).values(row).execute(conn).await
}

/// Sessions that are alive at a moment.
fn alive(now: DateTime<Utc>) -> IntoBoxed<'static, sessions::table, Pg> {
    sessions::table.into_boxed().filter(sessions::ended_at.is_null()).filter(sessions::expires_at.gt(now))
}

/// What there is to know of who shows a session's token, if it is alive and the account's own.
pub async fn standing(
    conn: &mut Conn,
    id: Uuid,
    account_id: Uuid,
    now: DateTime<Utc>,
) -> QueryResult<Option<SessionStanding>> {
    sessions::table
        .inner_join(accounts::table)
        .filter(sessions::id.eq(id).and(sessions::account_id.eq(account_id)))
        .filter(sessions::ended_at.is_null().and(sessions::expires_at.gt(now)))
        .select(SessionStanding::as_select())
        .first(conn)
        .await
        .optional()
}

/// The token with this hash, if its session is alive. Both stay as they are until the end of the transaction, so
/// that a family moves on one step at a time.
///
/// A token that was handed out before `since` has lain idle for too long.
pub async fn lock_shown(
    conn: &mut Conn,
    token_hash: &[u8],
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> QueryResult<Option<ShownToken>> {
    refresh_tokens::table
        .inner_join(sessions::table)
        .filter(refresh_tokens::token_hash.eq(token_hash).and(refresh_tokens::issued_at.gt(since)))
        .filter(sessions::ended_at.is_null().and(sessions::expires_at.gt(now)))
        .select((sessions::id, sessions::account_id, refresh_tokens::used_at))
        .for_update()
        .first(conn)
        .await
        .optional()
}

pub async fn mark_used(conn: &mut Conn, token_hash: &[u8], now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(refresh_tokens::table.find(token_hash)).set(refresh_tokens::used_at.eq(now)).execute(conn).await
}

/// Whether a token exists and has not been used.
pub async fn is_unused(conn: &mut Conn, token_hash: &[u8]) -> QueryResult<bool> {
    let unused = refresh_tokens::table.find(token_hash).filter(refresh_tokens::used_at.is_null());
    diesel::select(exists(unused)).get_result(conn).await
}

/// Ends one session of an account, if it is alive. Returns how many that were.
pub async fn end(conn: &mut Conn, account_id: Uuid, id: Uuid, by: &str, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(sessions::table.find(id))
        .filter(sessions::account_id.eq(account_id))
        .filter(sessions::ended_at.is_null().and(sessions::expires_at.gt(now)))
        .set((sessions::ended_at.eq(now), sessions::ended_by.eq(by)))
        .execute(conn)
        .await
}

/// Ends the sessions of an account, all or all but one. Returns how many were alive.
pub async fn end_all(
    conn: &mut Conn,
    account_id: Uuid,
    but: Option<Uuid>,
    by: &str,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::update(sessions::table.filter(sessions::account_id.eq(account_id)))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::id.nullable().is_distinct_from(but))
        .set((sessions::ended_at.eq(now), sessions::ended_by.eq(by)))
        .execute(conn)
        .await
}

/// Notes that a session has shown a second factor.
pub async fn show_second_factor(conn: &mut Conn, id: Uuid, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(sessions::table.find(id))
        .set((sessions::second_factor_at.eq(now), sessions::proven_at.eq(now)))
        .execute(conn)
        .await
}

/// Forgets that sessions of an account have shown a second factor: there is none any more.
pub async fn forget_second_factor(conn: &mut Conn, account_id: Uuid) -> QueryResult<usize> {
    diesel::update(sessions::table.filter(sessions::account_id.eq(account_id)))
        .set(sessions::second_factor_at.eq(None::<DateTime<Utc>>))
        .execute(conn)
        .await
}

/// Whether an account has had sessions that we remember, and one of them from this network.
pub async fn networks(conn: &mut Conn, account_id: Uuid, network_hash: &[u8]) -> QueryResult<(bool, bool)> {
    let any = sessions::table.filter(sessions::account_id.eq(account_id));
    let known = any.filter(sessions::network_hash.eq(network_hash));
    diesel::select((exists(any), exists(known))).get_result(conn).await
}

/// Sessions of an account that are alive, the newest first, from one of them on in a direction.
pub async fn page(
    conn: &mut Conn,
    account_id: Uuid,
    from: Option<Uuid>,
    direction: Direction,
    limit: i64,
    now: DateTime<Utc>,
) -> QueryResult<Vec<SessionRow>> {
    let refreshed_at = refresh_tokens::table
        .filter(refresh_tokens::session_id.eq(sessions::id))
        .select(max(refresh_tokens::issued_at))
        .single_value()
        .assume_not_null();
    let own = alive(now).filter(sessions::account_id.eq(account_id)).limit(limit);
    let own = match direction {
        Direction::Next => own.order(sessions::id.desc()),
        Direction::Previous => own.order(sessions::id.asc()),
    };
    let own = match (from, direction) {
        (None, _) => own,
        (Some(from), Direction::Next) => own.filter(sessions::id.lt(from)),
        (Some(from), Direction::Previous) => own.filter(sessions::id.gt(from)),
    };
    own.select((sessions::id, sessions::created_at, refreshed_at, sessions::expires_at)).load(conn).await
}

pub async fn forget(conn: &mut Conn, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(sessions::table.filter(sessions::expires_at.le(now))).execute(conn).await
}
