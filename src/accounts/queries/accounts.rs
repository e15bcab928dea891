//! Statements on accounts.

use super::super::types::{AccountRow, AddressCode, Credentials, NewAccountRow, Profile};
use crate::db::{Conn, schema::accounts};
use chrono::{DateTime, Utc};
use diesel::{dsl::exists, prelude::*};
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

/// The names of those who work here, save one, that have this shape, and those whose shape was never written down.
pub async fn staff_names(conn: &mut Conn, skeleton: &str, but: Option<Uuid>) -> QueryResult<Vec<String>> {
    let mut staff = accounts::table
        .filter(accounts::role.eq_any(["coach", "moderator", "admin"]))
        .filter(accounts::name_skeleton.eq_any([skeleton, ""]))
        .filter(accounts::erased_at.is_null())
        .select(accounts::display_name)
        .into_boxed();
    if let Some(id) = but {
        staff = staff.filter(accounts::id.ne(id));
    }
    staff.load(conn).await
}

/// Whether an address has an account.
pub async fn is_known(conn: &mut Conn, email_hash: &[u8]) -> QueryResult<bool> {
    diesel::select(exists(accounts::table.filter(accounts::email_hash.eq(email_hash)))).get_result(conn).await
}

/// The account with this address that has a password to be lost; and any account at all.
pub async fn resettable(conn: &mut Conn, email_hash: &[u8]) -> QueryResult<(Option<Uuid>, Option<Uuid>)> {
    let known = accounts::table
        .filter(accounts::email_hash.eq(email_hash).and(accounts::password_hash.is_not_null()))
        .select(accounts::id)
        .single_value();
    let anybody = accounts::table.select(accounts::id).limit(1).single_value();
    diesel::select((known, anybody)).get_result(conn).await
}

pub async fn set_email(
    conn: &mut Conn,
    id: Uuid,
    verified: &AddressCode,
    now: DateTime<Utc>,
) -> QueryResult<AccountRow> {
    diesel::update(accounts::table.find(id))
        .set((
            accounts::email_hash.eq(&verified.email_hash),
            accounts::email_sealed.eq(&verified.email_sealed),
            accounts::revision.eq(accounts::revision + 1),
            accounts::updated_at.eq(now),
        ))
        .returning(AccountRow::as_returning())
        .get_result(conn)
        .await
}

pub async fn set_profile(
    conn: &mut Conn,
    id: Uuid,
    profile: &Profile,
    name_skeleton: &str,
    now: DateTime<Utc>,
) -> QueryResult<AccountRow> {
    diesel::update(accounts::table.find(id))
        .set((
            profile,
            accounts::name_skeleton.eq(name_skeleton),
            accounts::revision.eq(accounts::revision + 1),
            accounts::updated_at.eq(now),
        ))
        .returning(AccountRow::as_returning())
        .get_result(conn)
        .await
}
