//! Statements on what was told.

use super::types::{Kind, Notice};
use crate::db::{Conn, schema::notices};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Keeps what is told, and returns that of it which was not told before.
pub async fn keep(conn: &mut Conn, rows: &[Notice]) -> QueryResult<Vec<(Uuid, String)>> {
    diesel::insert_into(notices::table)
        .values(rows)
        .on_conflict_do_nothing()
        .returning((notices::comment_id, notices::kind))
        .get_results(conn)
        .await
}

/// Forgets what was not told after all.
pub async fn withdraw(conn: &mut Conn, kind: Kind, comment_ids: &[Uuid]) -> QueryResult<usize> {
    let of_comments = notices::comment_id.eq_any(comment_ids);
    diesel::delete(notices::table.filter(of_comments.and(notices::kind.eq(kind.as_str())))).execute(conn).await
}
