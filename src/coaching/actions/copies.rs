//! Questions, and the copies of them that they are found by.

use super::super::queries::copies;
use crate::{db::Conn, error::Result, events::Tx};
use uuid::Uuid;

/// The questions that differ from what they are found by. Reads all of them.
///
/// # Errors
/// When the database is away.
pub async fn drifted(conn: &mut Conn) -> Result<Vec<Uuid>> {
    Ok(copies::drifted(conn).await?)
}

/// Sets what these questions are found by to what they are.
///
/// # Errors
/// When the database is away.
pub async fn repair(tx: &mut Tx<'_>, comment_ids: &[Uuid]) -> Result<()> {
    copies::touch(tx.conn, comment_ids).await?;
    Ok(())
}
