//! Who those are that write.

use super::super::types::Reader;
use crate::db::{
    Conn,
    schema::{accounts, guests},
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Guests, each with the article on which they write, their name and the hash of the address they gave.
pub async fn guests(mut conn: &Conn, ids: &[Uuid]) -> QueryResult<Vec<(Uuid, Uuid, String, Option<Vec<u8>>)>> {
    guests::table
        .filter(guests::id.eq_any(ids))
        .select((guests::id, guests::article_id, guests::display_name, guests::email_hash))
        .load(&mut conn)
        .await
}

/// Accounts, each with the name and the role that they have now, and the hash of their address.
pub async fn members(mut conn: &Conn, ids: &[Uuid]) -> QueryResult<Vec<(Uuid, String, String, Option<Vec<u8>>)>> {
    accounts::table
        .filter(accounts::id.eq_any(ids))
        .select((accounts::id, accounts::display_name, accounts::role, accounts::email_hash))
        .load(&mut conn)
        .await
}

/// The keyed hash of the address that somebody has, or gave.
pub async fn address(conn: &mut Conn, person: Reader) -> QueryResult<Option<Vec<u8>>> {
    let address = match person {
        Reader::Member(id) => accounts::table.find(id).select(accounts::email_hash).first(conn).await,
        Reader::Guest(id) => guests::table.find(id).select(guests::email_hash).first(conn).await,
    };
    Ok(address.optional()?.flatten())
}
