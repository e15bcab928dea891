//! What is kept of somebody here, for themselves.

use super::super::{
    queries::own_data as queries,
    types::{OwnAccount, OwnSession, Profile},
};
use crate::{
    db::Conn,
    error::{Error, Result},
    secrets::Secrets,
};
use uuid::Uuid;

/// An account with all that stands beside it but its sessions.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound) when there is no such account.
pub async fn see_own_account(conn: &mut Conn, secrets: &Secrets, account_id: Uuid) -> Result<OwnAccount> {
    let (row, profile) = queries::account(conn, account_id).await?.ok_or_else(Error::not_found)?;
    let Profile { bio, website, has_password, second_factor_since } = profile;
    let linked = queries::linked(conn, account_id).await?;
    Ok(OwnAccount { account: row.open(secrets)?, bio, website, has_password, second_factor_since, linked })
}

/// The sessions of an account that are remembered, the oldest first, `limit` at most, those after `after`.
///
/// # Errors
/// When the database is away.
pub async fn list_own_sessions(
    conn: &mut Conn,
    account_id: Uuid,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<OwnSession>> {
    Ok(queries::sessions(conn, account_id, after.unwrap_or_default(), limit).await?)
}
