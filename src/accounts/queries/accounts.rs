//! Statements on accounts.

use super::super::types::{AccountRow, AddressCode, NewAccountRow, ProfileRow};
use crate::{
    db::{
        Conn,
        schema::{accounts, sessions},
    },
    http::{cursor::Direction, list::Span},
};
use chrono::{DateTime, Utc};
use diesel::{dsl::exists, helper_types::IntoBoxed, pg::Pg, prelude::*};
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

/// Accounts, the newest first; one more than the page holds.
pub async fn newest(conn: &mut Conn, role: Option<&str>, span: &Span<Uuid>) -> QueryResult<Vec<AccountRow>> {
    let mut query = accounts::table.select(AccountRow::as_select()).limit(span.limit + 1).into_boxed();
    if let Some(role) = role {
        query = query.filter(accounts::role.eq(role));
    }
    let (id, from) = (accounts::id, span.from);
    match span.direction {
        Direction::Next => query.filter(id.lt(from.unwrap_or(Uuid::max()))).order(id.desc()),
        Direction::Previous => query.filter(id.gt(from.unwrap_or_default())).order(id.asc()),
    }
    .load(conn)
    .await
}

/// The account that a log-in is for, the hash of its password, and whether it was ever logged in to from this network.
pub async fn credentials(
    conn: &mut Conn,
    email_hash: &[u8],
    network_hash: &[u8],
) -> QueryResult<Option<(AccountRow, Option<String>, bool)>> {
    let from_there =
        sessions::table.filter(sessions::account_id.eq(accounts::id)).filter(sessions::network_hash.eq(network_hash));
    accounts::table
        .filter(accounts::email_hash.eq(email_hash))
        .select((AccountRow::as_select(), accounts::password_hash, exists(from_there)))
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

/// Shuts an account until a time, or for good.
pub async fn ban(
    conn: &mut Conn,
    id: Uuid,
    until: Option<DateTime<Utc>>,
    reason: &str,
    now: DateTime<Utc>,
) -> QueryResult<AccountRow> {
    diesel::update(accounts::table.find(id))
        .set((
            accounts::banned_at.eq(now),
            accounts::banned_until.eq(until),
            accounts::ban_reason.eq(reason),
            accounts::revision.eq(accounts::revision + 1),
        ))
        .returning(AccountRow::as_returning())
        .get_result(conn)
        .await
}

/// Opens it again.
pub async fn lift_ban(conn: &mut Conn, id: Uuid) -> QueryResult<AccountRow> {
    diesel::update(accounts::table.find(id))
        .set((
            accounts::banned_at.eq(None::<DateTime<Utc>>),
            accounts::banned_until.eq(None::<DateTime<Utc>>),
            accounts::ban_reason.eq(None::<String>),
            accounts::revision.eq(accounts::revision + 1),
        ))
        .returning(AccountRow::as_returning())
        .get_result(conn)
        .await
}

/// The accounts with a role that are neither closed nor banned, locked in the order of their ids: while one is looked at, none is added
/// or lost.
pub async fn lock_role(conn: &mut Conn, role: &str, now: DateTime<Utc>) -> QueryResult<Vec<Uuid>> {
    accounts::table
        .filter(accounts::role.eq(role))
        .filter(accounts::erase_at.is_null().and(accounts::erased_at.is_null()))
        .filter(accounts::banned_at.is_null().or(accounts::banned_until.le(now).assume_not_null()))
        .order(accounts::id)
        .select(accounts::id)
        .for_update()
        .load(conn)
        .await
}

/// Those of some accounts who work here and are neither closed nor banned.
pub async fn staff_among(conn: &mut Conn, ids: &[Uuid], now: DateTime<Utc>) -> QueryResult<Vec<AccountRow>> {
    staff(ids, now).select(AccountRow::as_select()).load(conn).await
}

/// The roles of the same.
pub async fn staff_roles(conn: &mut Conn, ids: &[Uuid], now: DateTime<Utc>) -> QueryResult<Vec<(Uuid, String)>> {
    staff(ids, now).select((accounts::id, accounts::role)).load(conn).await
}

fn staff(ids: &[Uuid], now: DateTime<Utc>) -> IntoBoxed<'_, accounts::table, Pg> {
    accounts::table
        .into_boxed()
        .filter(accounts::id.eq_any(ids))
        .filter(accounts::role.eq_any(["coach", "moderator", "admin"]))
        .filter(accounts::erase_at.is_null().and(accounts::erased_at.is_null()))
        .filter(accounts::banned_at.is_null().or(accounts::banned_until.le(now).assume_not_null()))
}

/// Those of some accounts that may act now, with an address; kept from being erased until the end of the transaction.
pub async fn reachable_among(conn: &mut Conn, ids: &[Uuid], now: DateTime<Utc>) -> QueryResult<Vec<AccountRow>> {
    accounts::table
        .filter(accounts::id.eq_any(ids).and(accounts::email_sealed.is_not_null()))
        .filter(accounts::erase_at.is_null().and(accounts::erased_at.is_null()))
        .filter(accounts::banned_at.is_null().or(accounts::banned_until.le(now).assume_not_null()))
        .select(AccountRow::as_select())
        .for_key_share()
        .load(conn)
        .await
}

/// Keeps an account from being erased until the end of the transaction. None where there is no such account.
pub async fn hold(conn: &mut Conn, id: Uuid) -> QueryResult<Option<Uuid>> {
    let there = accounts::table.find(id).filter(accounts::erased_at.is_null());
    there.select(accounts::id).for_key_share().first(conn).await.optional()
}

pub async fn revision(conn: &mut Conn, id: Uuid) -> QueryResult<i64> {
    accounts::table.find(id).select(accounts::revision).first(conn).await
}

/// The names of those who work here, save one, that have this shape, and those whose shape was never written down.
pub async fn names(conn: &mut Conn, ids: &[Uuid]) -> QueryResult<Vec<(Uuid, String)>> {
    accounts::table.filter(accounts::id.eq_any(ids)).select((accounts::id, accounts::display_name)).load(conn).await
}

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

/// Names that have one of these shapes, with their shapes and the roles of those who have them; and all names of staff
/// whose shape was never written down.
pub async fn names_like(conn: &mut Conn, shapes: &[String]) -> QueryResult<Vec<(String, String, String)>> {
    let works_here = || accounts::role.eq_any(["coach", "moderator", "admin"]);
    let alike = accounts::name_skeleton.eq_any(shapes).and(accounts::erase_at.is_null().or(works_here()));
    let unwritten = accounts::name_skeleton.eq("").and(works_here());
    accounts::table
        .filter(accounts::erased_at.is_null().and(alike.or(unwritten)))
        .select((accounts::display_name, accounts::name_skeleton, accounts::role))
        .load(conn)
        .await
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
    profile: &ProfileRow,
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
