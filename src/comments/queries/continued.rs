//! Comments that say that they were continued in private.

use crate::db::{Conn, schema::continued_comments as it};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// No row where it says so already.
pub async fn mark(conn: &mut Conn, id: Uuid) -> QueryResult<usize> {
    diesel::insert_into(it::table).values(it::comment_id.eq(id)).on_conflict_do_nothing().execute(conn).await
}

/// No row where it does not say so.
pub async fn unmark(conn: &mut Conn, id: Uuid) -> QueryResult<usize> {
    diesel::delete(it::table.find(id)).execute(conn).await
}
