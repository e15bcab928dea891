//! What is known of the mails to one address.

use super::{queries, types::Posted};
use crate::{db::Conn, error::Result, events::Tx};
use uuid::Uuid;

/// Takes back every mail to an address, those that were sent among them: nothing of it is left here.
///
/// # Errors
/// When the database is away.
pub async fn erase(tx: &mut Tx<'_>, to_hash: &[u8]) -> Result<()> {
    queries::erase(tx.conn, to_hash).await?;
    Ok(())
}

/// The mails to an address that are remembered, the oldest first, `limit` at most, those after `after`.
///
/// # Errors
/// When the database is away.
pub async fn list_to(conn: &mut Conn, to_hash: &[u8], after: Option<Uuid>, limit: i64) -> Result<Vec<Posted>> {
    Ok(queries::posted_to(conn, to_hash, after.unwrap_or_default(), limit).await?)
}
