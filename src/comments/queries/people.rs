//! Who those are that write.

use crate::db::{
    Conn,
    schema::{accounts, guests},
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Guests, each with the article on which they write and their name.
pub async fn guests(conn: &mut Conn, ids: &[Uuid]) -> QueryResult<Vec<(Uuid, Uuid, String)>> {
    guests::table
        .filter(guests::id.eq_any(ids))
        .select((guests::id, guests::article_id, guests::display_name))
        .load(conn)
        .await
}

/// Accounts, each with the name and the role that they have now.
pub async fn members(conn: &mut Conn, ids: &[Uuid]) -> QueryResult<Vec<(Uuid, String, String)>> {
    accounts::table
        .filter(accounts::id.eq_any(ids))
        .select((accounts::id, accounts::display_name, accounts::role))
        .load(conn)
        .await
}
