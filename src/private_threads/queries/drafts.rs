//! What people have begun to write.

use super::super::types::DraftRow;
use crate::db::{Conn, schema::private_drafts as it};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

pub async fn find(conn: &mut Conn, thread_id: Uuid, person_id: Uuid) -> QueryResult<Option<DraftRow>> {
    it::table.find((thread_id, person_id)).select(DraftRow::as_select()).first(conn).await.optional()
}

/// Keeps a draft instead of the one before.
pub async fn keep(conn: &mut Conn, row: &DraftRow) -> QueryResult<usize> {
    diesel::insert_into(it::table)
        .values(row)
        .on_conflict((it::thread_id, it::person_id))
        .do_update()
        .set(row)
        .execute(conn)
        .await
}

pub async fn forget(conn: &mut Conn, thread_id: Uuid, person_id: Uuid) -> QueryResult<usize> {
    diesel::delete(it::table.find((thread_id, person_id))).execute(conn).await
}
