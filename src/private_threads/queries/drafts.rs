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

/// Those of somebody in these threads.
pub async fn of_person(conn: &mut Conn, person_id: Uuid, thread_ids: &[Uuid]) -> QueryResult<Vec<DraftRow>> {
    let theirs = it::person_id.eq(person_id).and(it::thread_id.eq_any(thread_ids));
    it::table.filter(theirs).select(DraftRow::as_select()).load(conn).await
}

/// Gives those of a guest to an account.
pub async fn hand_over(conn: &mut Conn, guest_id: Uuid, account_id: Uuid) -> QueryResult<usize> {
    let theirs = it::table.filter(it::person_id.eq(guest_id));
    diesel::update(theirs).set(it::person_id.eq(account_id)).execute(conn).await
}

pub async fn forget(conn: &mut Conn, thread_id: Uuid, person_id: Uuid) -> QueryResult<usize> {
    diesel::delete(it::table.find((thread_id, person_id))).execute(conn).await
}
