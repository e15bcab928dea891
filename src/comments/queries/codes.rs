//! Statements on guests' addresses and the codes that were sent there.

use super::super::types::NewGuestCode;
use crate::db::{
    Conn,
    schema::{guest_codes, guests},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

pub async fn insert_code(conn: &mut Conn, row: &NewGuestCode) -> QueryResult<usize> {
    diesel::insert_into(guest_codes::table).values(row).execute(conn).await
}

/// Takes a code away, with the guest and the address it was made for; of several who come with it, one gets it.
pub async fn take_code(conn: &mut Conn, code_hash: &[u8], now: DateTime<Utc>) -> QueryResult<Option<(Uuid, Vec<u8>)>> {
    diesel::delete(guest_codes::table.filter(guest_codes::code_hash.eq(code_hash).and(guest_codes::expires_at.gt(now))))
        .returning((guest_codes::guest_id, guest_codes::email_hash))
        .get_result(conn)
        .await
        .optional()
}

/// Notes that the address is the guest's, if it still is the one that was asked.
pub async fn verify(conn: &mut Conn, guest_id: Uuid, email_hash: &[u8], now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(guests::table.filter(guests::id.eq(guest_id).and(guests::email_hash.eq(email_hash))))
        .set(guests::email_verified_at.eq(now))
        .execute(conn)
        .await
}

/// The sealed address of a guest who has confirmed it.
pub async fn verified(conn: &mut Conn, guest_id: Uuid) -> QueryResult<Option<Vec<u8>>> {
    guests::table
        .filter(guests::id.eq(guest_id).and(guests::email_verified_at.is_not_null()))
        .filter(guests::email_sealed.is_not_null())
        .select(guests::email_sealed.assume_not_null())
        .first(conn)
        .await
        .optional()
}

/// The keyed hash of the address that a guest gave.
pub async fn given(conn: &mut Conn, guest_id: Uuid) -> QueryResult<Option<Vec<u8>>> {
    let hash = guests::table.find(guest_id).select(guests::email_hash).first(conn).await.optional()?;
    Ok(hash.flatten())
}

pub async fn forget_codes(conn: &mut Conn, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(guest_codes::table.filter(guest_codes::expires_at.le(now))).execute(conn).await
}
