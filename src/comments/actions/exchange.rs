//! Who speaks to whom, for whoever sees to it that somebody answers.

use super::super::{queries::exchange as queries, types::Exchange};
use crate::{db::Conn, error::Result};
use uuid::Uuid;

/// These comments as somebody's word to somebody, those that there are; in one statement.
///
/// # Errors
/// When the database is away.
pub async fn list_exchanges(conn: &mut Conn, ids: &[Uuid]) -> Result<Vec<Exchange>> {
    Ok(queries::among(conn, ids).await?)
}

/// The ids of the next comments after one, `limit` at most, whatever their status: of an article, in the order in which they
/// were posted, or of all, by their ids. The nil UUID is before the first.
///
/// # Errors
/// When the database is away.
pub async fn walk_ids(conn: &mut Conn, article_id: Option<Uuid>, after: Uuid, limit: i64) -> Result<Vec<Uuid>> {
    Ok(match article_id {
        Some(article_id) => queries::walk_article(conn, article_id, after, limit).await?,
        None => queries::walk(conn, after, limit).await?,
    })
}
