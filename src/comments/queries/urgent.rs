//! What should not wait for its turn.

use crate::db::{Conn, schema::reviews};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Comments that wait for a moderator with at least this priority, and their priorities.
pub async fn urgent(conn: &mut Conn, least: i16) -> QueryResult<Vec<(Uuid, i16)>> {
    reviews::table.filter(reviews::priority.ge(least)).select((reviews::comment_id, reviews::priority)).load(conn).await
}
