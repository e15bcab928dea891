//! Every statement on exports and erasures.

use super::types::{Claimed, Erasure, ExportRow, Form, NewExport};
use crate::db::{
    Conn,
    schema::{erasures, exports},
};
use chrono::{DateTime, Utc};
use diesel::{prelude::*, sql_query, sql_types::BigInt};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Lets one request for an export of an account at a time look how many there are, until the end of the transaction.
#[expect(clippy::disallowed_methods, reason = "advisory locks are not in the query builder")]
pub async fn take_turn(conn: &mut Conn, account_id: Uuid) -> QueryResult<usize> {
    // The lower half of a UUID v7 is random.
    let (_, turn) = account_id.as_u64_pair();
    sql_query("SELECT pg_advisory_xact_lock($1)").bind::<BigInt, _>(turn.cast_signed()).execute(conn).await
}

/// Exports of an account that are not finished, or were asked for since then.
pub async fn recent(conn: &mut Conn, account_id: Uuid, since: DateTime<Utc>) -> QueryResult<Vec<ExportRow>> {
    exports::table
        .filter(exports::account_id.eq(account_id))
        .filter(exports::finished_at.is_null().or(exports::created_at.gt(since)))
        .order(exports::id)
        .select(ExportRow::as_select())
        .load(conn)
        .await
}

pub async fn insert(conn: &mut Conn, row: &NewExport) -> QueryResult<ExportRow> {
    diesel::insert_into(exports::table).values(row).returning(ExportRow::as_returning()).get_result(conn).await
}

/// An export of one's own that has not expired.
pub async fn find(conn: &mut Conn, id: Uuid, account_id: Uuid, now: DateTime<Utc>) -> QueryResult<Option<ExportRow>> {
    exports::table
        .filter(exports::id.eq(id).and(exports::account_id.eq(account_id)).and(exports::expires_at.gt(now)))
        .select(ExportRow::as_select())
        .first(conn)
        .await
        .optional()
}

/// What an export of one's own holds, sealed; nothing inside while it is being prepared.
pub async fn content(
    conn: &mut Conn,
    id: Uuid,
    account_id: Uuid,
    form: Form,
    now: DateTime<Utc>,
) -> QueryResult<Option<Option<Vec<u8>>>> {
    let own = exports::table
        .filter(exports::id.eq(id).and(exports::account_id.eq(account_id)).and(exports::expires_at.gt(now)));
    match form {
        Form::Document => own.select(exports::document).first(conn).await.optional(),
        Form::Archive => own.select(exports::archive).first(conn).await.optional(),
    }
}

/// Takes the export that has waited longest and that nobody is preparing, until `leased_until`.
pub async fn claim(conn: &mut Conn, now: DateTime<Utc>, leased_until: DateTime<Utc>) -> QueryResult<Option<Claimed>> {
    let claimed: Option<Claimed> = exports::table
        .filter(exports::finished_at.is_null().and(exports::expires_at.gt(now)))
        .filter(exports::leased_until.is_null().or(exports::leased_until.le(now)))
        .order(exports::created_at)
        .select(Claimed::as_select())
        .for_update()
        .skip_locked()
        .first(conn)
        .await
        .optional()?;
    if let Some(claimed) = &claimed {
        diesel::update(exports::table.find(claimed.id))
            .set(exports::leased_until.eq(leased_until))
            .execute(conn)
            .await?;
    }
    Ok(claimed)
}

/// Keeps what was prepared. False when it is not wanted any more, or another was faster.
pub async fn finish(
    conn: &mut Conn,
    id: Uuid,
    document: &[u8],
    archive: &[u8],
    now: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> QueryResult<bool> {
    let waiting = exports::table.filter(exports::id.eq(id).and(exports::finished_at.is_null()));
    let finished = diesel::update(waiting)
        .set((
            exports::document.eq(document),
            exports::archive.eq(archive),
            exports::finished_at.eq(now),
            exports::expires_at.eq(expires_at),
            exports::leased_until.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)
        .await?;
    Ok(finished == 1)
}

pub async fn forget_expired(conn: &mut Conn, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(exports::table.filter(exports::expires_at.le(now))).execute(conn).await
}

pub async fn forget_of(conn: &mut Conn, account_id: Uuid) -> QueryResult<usize> {
    diesel::delete(exports::table.filter(exports::account_id.eq(account_id))).execute(conn).await
}

pub async fn remember_erasure(conn: &mut Conn, erasure: &Erasure) -> QueryResult<usize> {
    let how = (erasures::comments.eq(erasure.comments.as_str()), erasures::at.eq(erasure.at));
    diesel::insert_into(erasures::table)
        .values((erasures::account_id.eq(erasure.account_id), how))
        .on_conflict(erasures::account_id)
        .do_update()
        .set(how)
        .execute(conn)
        .await
}

pub async fn erasures(conn: &mut Conn, after: Uuid, limit: i64) -> QueryResult<Vec<Erasure>> {
    erasures::table
        .filter(erasures::account_id.gt(after))
        .order(erasures::account_id)
        .limit(limit)
        .select(Erasure::as_select())
        .load(conn)
        .await
}
