//! Who reads the events one after the other.

use super::super::types::{Happened, Place};
use super::numbers::last_number;
use crate::db::{
    Conn,
    schema::{event_readers, events},
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

pub async fn begin_reading(conn: &mut Conn, name: &str) -> QueryResult<usize> {
    let place = Place { name: name.to_owned(), number: last_number(conn).await? };
    diesel::insert_into(event_readers::table).values(place).on_conflict_do_nothing().execute(conn).await
}

/// How far a reader has come, locked; none while another node has it.
pub async fn lock_place(conn: &mut Conn, name: &str) -> QueryResult<Option<Place>> {
    event_readers::table.find(name).select(Place::as_select()).for_update().skip_locked().first(conn).await.optional()
}

pub async fn happened_after(conn: &mut Conn, number: i64, limit: i64) -> QueryResult<Vec<Happened>> {
    events::table
        .filter(events::number.gt(number))
        .order(events::number)
        .limit(limit)
        .select(Happened::as_select())
        .load(conn)
        .await
}

pub async fn move_on(conn: &mut Conn, name: &str, number: i64) -> QueryResult<usize> {
    diesel::update(event_readers::table.find(name)).set(event_readers::number.eq(number)).execute(conn).await
}
