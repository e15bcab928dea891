//! What is known of the mails to one address.

use super::{queries, types::Posted};
use crate::{db::Conn, error::Result};
use uuid::Uuid;

/// The mails to an address that are remembered, the oldest first, `limit` at most, those after `after`.
///
/// # Errors
/// When the database is away.
pub async fn list_to(conn: &mut Conn, to_hash: &[u8], after: Option<Uuid>, limit: i64) -> Result<Vec<Posted>> {
    Ok(queries::posted_to(conn, to_hash, after.unwrap_or_default(), limit).await?)
}
