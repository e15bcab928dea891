//! What is kept of a person.

use super::super::types::{MessageRow, ThreadRow};
use crate::db::{
    Conn,
    schema::{private_coaches, private_drafts, private_messages, private_threads as it},
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// The threads of a reader, `limit` at most, those after `after`, in the order of their ids.
pub async fn threads_of(conn: &mut Conn, reader_id: Uuid, after: Uuid, limit: i64) -> QueryResult<Vec<ThreadRow>> {
    it::table
        .filter(it::reader_account_id.eq(reader_id).or(it::reader_guest_id.eq(reader_id)))
        .filter(it::id.gt(after))
        .order(it::id)
        .limit(limit)
        .select(ThreadRow::as_select())
        .load(conn)
        .await
}

/// All messages of these threads, in their order.
pub async fn messages_of(conn: &mut Conn, thread_ids: &[Uuid]) -> QueryResult<Vec<MessageRow>> {
    private_messages::table
        .filter(private_messages::thread_id.eq_any(thread_ids))
        .order((private_messages::thread_id, private_messages::no))
        .select(MessageRow::as_select())
        .load(conn)
        .await
}

/// What a coach wrote, with the sealed key of the thread, in the order of the ids, `limit` at most, those after `after`.
pub async fn messages_by(
    conn: &mut Conn,
    coach_id: Uuid,
    after: Uuid,
    limit: i64,
) -> QueryResult<Vec<(MessageRow, Vec<u8>)>> {
    private_messages::table
        .inner_join(it::table)
        .filter(private_messages::coach_id.eq(coach_id).and(private_messages::id.gt(after)))
        .order(private_messages::id)
        .limit(limit)
        .select((MessageRow::as_select(), it::key_sealed))
        .load(conn)
        .await
}

/// Takes an account off what it said, begun and admitted as a coach.
pub async fn unlink(conn: &mut Conn, account_id: Uuid) -> QueryResult<()> {
    super::accesses::unlink(conn, account_id).await?;
    diesel::delete(private_drafts::table.filter(private_drafts::person_id.eq(account_id))).execute(conn).await?;
    diesel::update(private_coaches::table.filter(private_coaches::admitted_by.eq(account_id)))
        .set(private_coaches::admitted_by.eq(None::<Uuid>))
        .execute(conn)
        .await?;
    diesel::update(private_messages::table.filter(private_messages::coach_id.eq(account_id)))
        .set(private_messages::coach_id.eq(None::<Uuid>))
        .execute(conn)
        .await?;
    diesel::update(it::table.filter(it::invited_by.eq(account_id)))
        .set(it::invited_by.eq(None::<Uuid>))
        .execute(conn)
        .await?;
    diesel::update(it::table.filter(it::asked_coach_id.eq(account_id)))
        .set(it::asked_coach_id.eq(None::<Uuid>))
        .execute(conn)
        .await?;
    Ok(())
}

/// Gives the threads of a guest to an account. Returns them.
pub async fn hand_over(conn: &mut Conn, guest_id: Uuid, account_id: Uuid) -> QueryResult<Vec<Uuid>> {
    diesel::update(it::table.filter(it::reader_guest_id.eq(guest_id)))
        .set((it::reader_account_id.eq(account_id), it::reader_guest_id.eq(None::<Uuid>)))
        .returning(it::id)
        .get_results(conn)
        .await
}
