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

/// Takes back every code of an account that was not used.
pub async fn forget_all(conn: &mut Conn, account_id: Uuid) -> QueryResult<usize> {
    let open = invites::table.filter(invites::account_id.eq(account_id)).filter(invites::used_at.is_null());
    diesel::delete(open).execute(conn).await
}

pub async fn forget(conn: &mut Conn, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(invites::table.filter(invites::expires_at.le(now))).execute(conn).await
}
