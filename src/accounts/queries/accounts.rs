//! Statements on accounts.

use super::super::types::{AccountRow, Credentials, NewAccountRow};
use crate::db::{Conn, schema::accounts};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

pub async fn insert(conn: &mut Conn, row: &NewAccountRow) -> QueryResult<AccountRow> {
    diesel::insert_into(accounts::table).values(row).returning(AccountRow::as_returning()).get_result(conn).await
}

/// The account with this id, unless it has been erased.
pub async fn by_id(conn: &mut Conn, id: Uuid) -> QueryResult<Option<AccountRow>> {
    accounts::table
        .find(id)
        .filter(accounts::erased_at.is_null())
        .select(AccountRow::as_select())
        .first(conn)
        .await
        .optional()
}

pub async fn by_email_hash(conn: &mut Conn, email_hash: &[u8]) -> QueryResult<Option<AccountRow>> {
    accounts::table
        .filter(accounts::email_hash.eq(email_hash))
        .select(AccountRow::as_select())
        .first(conn)
        .await
        .optional()
}

/// Accounts in the order in which they were made.
pub async fn page(conn: &mut Conn, after: Option<(DateTime<Utc>, Uuid)>, limit: i64) -> QueryResult<Vec<AccountRow>> {
    let mut query = accounts::table.select(AccountRow::as_select()).into_boxed();
    if let Some((created_at, id)) = after {
        let later = accounts::created_at.gt(created_at);
        query = query.filter(later.or(accounts::created_at.eq(created_at).and(accounts::id.gt(id))));
    }
    query.order((accounts::created_at, accounts::id)).limit(limit).load(conn).await
}

pub async fn credentials(conn: &mut Conn, email_hash: &[u8]) -> QueryResult<Option<Credentials>> {
    accounts::table
        .filter(accounts::email_hash.eq(email_hash))
        .select(Credentials::as_select())
        .first(conn)
        .await
        .optional()
}

/// The account, and its password as it is now and stays until the end of the transaction.
pub async fn lock(conn: &mut Conn, id: Uuid) -> QueryResult<Option<(AccountRow, Option<String>)>> {
    accounts::table
        .find(id)
        .select((AccountRow::as_select(), accounts::password_hash))
        .for_no_key_update()
        .first(conn)
        .await
        .optional()
}

/// The same password, hashed anew.
pub async fn rehash(conn: &mut Conn, id: Uuid, password_hash: &str) -> QueryResult<usize> {
    diesel::update(accounts::table.find(id)).set(accounts::password_hash.eq(password_hash)).execute(conn).await
}

pub async fn set_password(
    conn: &mut Conn,
    id: Uuid,
    password_hash: &str,
    now: DateTime<Utc>,
) -> QueryResult<AccountRow> {
    diesel::update(accounts::table.find(id))
        .set((
            accounts::password_hash.eq(password_hash),
            accounts::revision.eq(accounts::revision + 1),
            accounts::updated_at.eq(now),
        ))
        .returning(AccountRow::as_returning())
        .get_result(conn)
        .await
}

pub async fn set_role(conn: &mut Conn, id: Uuid, role: &str, now: DateTime<Utc>) -> QueryResult<AccountRow> {
    diesel::update(accounts::table.find(id))
        .set((accounts::role.eq(role), accounts::revision.eq(accounts::revision + 1), accounts::updated_at.eq(now)))
        .returning(AccountRow::as_returning())
        .get_result(conn)
        .await
}

pub async fn revision(conn: &mut Conn, id: Uuid) -> QueryResult<i64> {
    accounts::table.find(id).select(accounts::revision).first(conn).await
}
