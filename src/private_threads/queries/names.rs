//! What people are called.

use crate::db::{
    Conn,
    schema::{accounts, guests},
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use std::collections::HashMap;
use uuid::Uuid;

/// The names of accounts and guests, by their ids.
pub async fn of(conn: &mut Conn, ids: &[Uuid]) -> QueryResult<HashMap<Uuid, String>> {
    let members = accounts::table.filter(accounts::id.eq_any(ids)).select((accounts::id, accounts::display_name));
    let guests = guests::table.filter(guests::id.eq_any(ids)).select((guests::id, guests::display_name));
    let names: Vec<(Uuid, String)> = members.union_all(guests).load(conn).await?;
    Ok(names.into_iter().collect())
}
