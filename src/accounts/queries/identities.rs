//! Statements on who somebody is at another issuer.

use super::super::types::{IdentityRow, NewIdentity};
use crate::db::{
    Conn,
    schema::{accounts, external_identities},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

/// The account of somebody, as it stands now.
pub async fn find(conn: &mut Conn, issuer: &str, subject_hash: &[u8]) -> QueryResult<Option<IdentityRow>> {
    external_identities::table
        .find((issuer, subject_hash))
        .inner_join(accounts::table)
        .select(IdentityRow::as_select())
        .first(conn)
        .await
        .optional()
}

pub async fn insert(conn: &mut Conn, row: &NewIdentity<'_>) -> QueryResult<usize> {
    diesel::insert_into(external_identities::table).values(row).execute(conn).await
}

/// From now on only tokens are good that were made later. One that is not good any more itself ends nothing.
pub async fn end(
    conn: &mut Conn,
    issuer: &str,
    subject_hash: &[u8],
    issued_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::update(external_identities::table.find((issuer, subject_hash)))
        .filter(external_identities::valid_from.lt(issued_at))
        .set(external_identities::valid_from.eq(now))
        .execute(conn)
        .await
}
