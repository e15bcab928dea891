//! Statements on second factors and recovery codes.

use super::super::types::{NewSecondFactor, SecondFactorRow};
use crate::db::{
    Conn,
    schema::{recovery_codes, second_factors},
};
use chrono::{DateTime, Utc};
use diesel::{prelude::*, query_dsl::methods, upsert::excluded};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// The second factor of an account, as it stays until the end of the transaction: a code is taken once.
pub async fn lock(conn: &mut Conn, account_id: Uuid) -> QueryResult<Option<SecondFactorRow>> {
    second_factors::table
        .find(account_id)
        .select(SecondFactorRow::as_select())
        .for_update()
        .first(conn)
        .await
        .optional()
}

/// Since when it is asked for, if it is, and how many recovery codes are left.
pub async fn standing(conn: &mut Conn, account_id: Uuid) -> QueryResult<Option<(Option<DateTime<Utc>>, i64)>> {
    let left = recovery_codes::table
        .filter(recovery_codes::account_id.eq(account_id))
        .count()
        .single_value()
        .assume_not_null();
    second_factors::table.find(account_id).select((second_factors::confirmed_at, left)).first(conn).await.optional()
}

/// Keeps a new secret, instead of one that was never confirmed. Nothing happens where one is in use.
pub async fn begin(conn: &mut Conn, row: &NewSecondFactor) -> QueryResult<usize> {
    let renew =
        diesel::insert_into(second_factors::table).values(row).on_conflict(second_factors::account_id).do_update().set(
            (
                second_factors::secret_sealed.eq(excluded(second_factors::secret_sealed)),
                second_factors::created_at.eq(excluded(second_factors::created_at)),
            ),
        );
    methods::FilterDsl::filter(renew, second_factors::confirmed_at.is_null()).execute(conn).await
}

pub async fn confirm(conn: &mut Conn, account_id: Uuid, step: i64, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(second_factors::table.find(account_id))
        .set((second_factors::confirmed_at.eq(now), second_factors::last_step.eq(step)))
        .execute(conn)
        .await
}

pub async fn note_step(conn: &mut Conn, account_id: Uuid, step: i64) -> QueryResult<usize> {
    diesel::update(second_factors::table.find(account_id)).set(second_factors::last_step.eq(step)).execute(conn).await
}

/// Uses a recovery code up. Returns how many that were: one or none.
pub async fn use_recovery_code(conn: &mut Conn, account_id: Uuid, code_hash: &[u8]) -> QueryResult<usize> {
    let code = recovery_codes::table.find(code_hash).filter(recovery_codes::account_id.eq(account_id));
    diesel::delete(code).execute(conn).await
}

pub async fn replace_recovery_codes(conn: &mut Conn, account_id: Uuid, hashes: Vec<Vec<u8>>) -> QueryResult<usize> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(account_id))).execute(conn).await?;
    let rows: Vec<_> = hashes
        .into_iter()
        .map(|hash| (recovery_codes::code_hash.eq(hash), recovery_codes::account_id.eq(account_id)))
        .collect();
    diesel::insert_into(recovery_codes::table).values(rows).execute(conn).await
}

/// Takes the secret and its recovery codes away. Returns how many secrets that were.
pub async fn remove(conn: &mut Conn, account_id: Uuid) -> QueryResult<usize> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(account_id))).execute(conn).await?;
    diesel::delete(second_factors::table.find(account_id)).execute(conn).await
}
