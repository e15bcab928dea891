//! What should not wait for its turn.

use super::super::queries::urgent as queries;
use crate::{db::Conn, error::Result};
use uuid::Uuid;

/// The least priority of such a comment.
const URGENT: i16 = 2;

/// Comments that wait for a moderator and should not, with their priorities; in one statement.
///
/// # Errors
/// When the database is away.
pub async fn list_urgent(conn: &mut Conn) -> Result<Vec<(Uuid, i16)>> {
    Ok(queries::urgent(conn, URGENT).await?)
}
