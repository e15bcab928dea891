//! Statements on codes that were mailed to the owners of accounts.

use super::super::types::{AccountRow, AddressCode, NewCode};
use crate::db::{
    Conn,
    schema::{account_codes, accounts},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// What a code is for: another password.
pub const PASSWORD: &str = "password";

/// What a code is for: another address.
pub const EMAIL: &str = "email";

pub async fn insert(conn: &mut Conn, row: &NewCode) -> QueryResult<usize> {
    diesel::insert_into(account_codes::table).values(row).execute(conn).await
}

/// Whose password a code changes, if it is good.
pub async fn account(conn: &mut Conn, code_hash: &[u8], now: DateTime<Utc>) -> QueryResult<Option<AccountRow>> {
    accounts::table
        .inner_join(account_codes::table)
        .filter(account_codes::code_hash.eq(code_hash).and(account_codes::purpose.eq(PASSWORD)))
        .filter(account_codes::expires_at.gt(now))
        .select(AccountRow::as_select())
        .first(conn)
        .await
        .optional()
}

/// Uses up a code for a password; of several who come with it, one gets the account.
pub async fn use_up(conn: &mut Conn, code_hash: &[u8], now: DateTime<Utc>) -> QueryResult<Option<Uuid>> {
    let good = account_codes::purpose.eq(PASSWORD).and(account_codes::expires_at.gt(now));
    diesel::delete(account_codes::table.find(code_hash).filter(good))
        .returning(account_codes::account_id)
        .get_result(conn)
        .await
        .optional()
}

/// Uses up a code of this account for an address.
pub async fn take_address(
    conn: &mut Conn,
    account_id: Uuid,
    code_hash: &[u8],
    now: DateTime<Utc>,
) -> QueryResult<Option<AddressCode>> {
    let good = account_codes::purpose.eq(EMAIL).and(account_codes::expires_at.gt(now));
    diesel::delete(account_codes::table.find(code_hash).filter(good).filter(account_codes::account_id.eq(account_id)))
        .returning(AddressCode::as_returning())
        .get_result(conn)
        .await
        .optional()
}

/// Makes every code of an account worthless.
pub async fn forget_all(conn: &mut Conn, account_id: Uuid) -> QueryResult<usize> {
    diesel::delete(account_codes::table.filter(account_codes::account_id.eq(account_id))).execute(conn).await
}

pub async fn forget(conn: &mut Conn, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(account_codes::table.filter(account_codes::expires_at.le(now))).execute(conn).await
}
