//! Statements that collect what is kept of one person.

use super::super::types::{AccountRow, Linked, OwnSession, Profile};
use crate::db::{
    Conn,
    schema::{accounts, external_identities, second_factors, sessions},
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

pub async fn account(conn: &mut Conn, id: Uuid) -> QueryResult<Option<(AccountRow, Profile)>> {
    accounts::table
        .left_join(second_factors::table)
        .filter(accounts::id.eq(id))
        .select((
            AccountRow::as_select(),
            (
                accounts::bio,
                accounts::website,
                accounts::password_hash.is_not_null(),
                second_factors::confirmed_at.nullable(),
            ),
        ))
        .first(conn)
        .await
        .optional()
}

pub async fn linked(conn: &mut Conn, account_id: Uuid) -> QueryResult<Vec<Linked>> {
    external_identities::table
        .filter(external_identities::account_id.eq(account_id))
        .order(external_identities::created_at)
        .select((external_identities::issuer, external_identities::created_at))
        .load(conn)
        .await
}

/// Ids begin with the time at which they were made.
pub async fn sessions(conn: &mut Conn, account_id: Uuid, after: Uuid, limit: i64) -> QueryResult<Vec<OwnSession>> {
    sessions::table
        .filter(sessions::account_id.eq(account_id).and(sessions::id.gt(after)))
        .order(sessions::id)
        .limit(limit)
        .select((sessions::id, sessions::created_at, sessions::expires_at, sessions::ended_at, sessions::ended_by))
        .load(conn)
        .await
}
