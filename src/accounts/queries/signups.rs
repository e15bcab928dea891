//! Statements on sign-ups that wait for their code.

use super::super::types::SignUpRow;
use crate::db::{
    Conn,
    schema::{accounts, signups},
};
use chrono::{DateTime, Utc};
use diesel::{dsl::exists, prelude::*};
use diesel_async::RunQueryDsl;

/// Whether the address has an account, and how often somebody signed up with it since then.
pub async fn standing(conn: &mut Conn, email_hash: &[u8], since: DateTime<Utc>) -> QueryResult<(bool, i64)> {
    let known = exists(accounts::table.filter(accounts::email_hash.eq(email_hash)));
    let recent = signups::table
        .filter(signups::email_hash.eq(email_hash).and(signups::created_at.gt(since)))
        .count()
        .single_value()
        .assume_not_null();
    diesel::select((known, recent)).get_result(conn).await
}

pub async fn insert(conn: &mut Conn, row: &SignUpRow) -> QueryResult<usize> {
    diesel::insert_into(signups::table).values(row).execute(conn).await
}

/// Counts that somebody tries this code, if it is good and has not been tried too often. Returns the password of the
/// sign-up.
pub async fn try_code(conn: &mut Conn, code_hash: &[u8], max: i16, now: DateTime<Utc>) -> QueryResult<Option<String>> {
    let good = signups::code_hash.eq(code_hash).and(signups::expires_at.gt(now)).and(signups::trials.lt(max));
    diesel::update(signups::table.filter(good))
        .set(signups::trials.eq(signups::trials + 1))
        .returning(signups::password_hash)
        .get_result(conn)
        .await
        .optional()
}

/// Takes the sign-up with this code away; of several who come with it, one gets it.
pub async fn take(conn: &mut Conn, code_hash: &[u8], now: DateTime<Utc>) -> QueryResult<Option<SignUpRow>> {
    diesel::delete(signups::table.filter(signups::code_hash.eq(code_hash).and(signups::expires_at.gt(now))))
        .returning(SignUpRow::as_returning())
        .get_result(conn)
        .await
        .optional()
}

pub async fn forget(conn: &mut Conn, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(signups::table.filter(signups::expires_at.le(now))).execute(conn).await
}
