//! Statements on invitations.

use super::super::types::{AccountRow, NewInvite};
use crate::db::{
    Conn,
    schema::{accounts, invites},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

pub async fn insert(conn: &mut Conn, row: &NewInvite) -> QueryResult<usize> {
    diesel::insert_into(invites::table).values(row).execute(conn).await
}

/// Whose account a code opens, if it is good.
pub async fn account(conn: &mut Conn, code_hash: &[u8], now: DateTime<Utc>) -> QueryResult<Option<AccountRow>> {
    accounts::table
        .inner_join(invites::table)
        .filter(invites::code_hash.eq(code_hash).and(invites::used_at.is_null()).and(invites::expires_at.gt(now)))
        .select(AccountRow::as_select())
        .first(conn)
        .await
        .optional()
}

/// Uses a code up; of several who come with it, one gets the account.
pub async fn use_up(conn: &mut Conn, code_hash: &[u8], now: DateTime<Utc>) -> QueryResult<Option<Uuid>> {
    let good = invites::code_hash.eq(code_hash).and(invites::used_at.is_null()).and(invites::expires_at.gt(now));
    diesel::update(invites::table.filter(good))
        .set(invites::used_at.eq(now))
        .returning(invites::account_id)
        .get_result(conn)
        .await
        .optional()
}

pub async fn forget(conn: &mut Conn, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(invites::table.filter(invites::expires_at.le(now))).execute(conn).await
}
