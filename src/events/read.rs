//! Reading the events one after the other, each once, whatever stops the reading.

use super::{
    journal::Tx,
    queries,
    types::{Happened, Place},
};
use crate::error::Result;

/// Events that are read at once, at most.
const BATCH: i64 = 500;

/// Begins to read under a name at the present end of the events, unless that was done before. True when it begins now.
///
/// # Errors
/// When the database is away.
pub async fn begin_reading(tx: &mut Tx<'_>, name: &'static str) -> Result<bool> {
    Ok(queries::begin_reading(tx.conn, name).await? > 0)
}

/// The next events for whoever reads under a name, in the order of their numbers, as read when the transaction is committed.
/// None when there are no more, or when another node is reading under the name.
///
/// # Errors
/// When the database is away.
pub async fn read_on(tx: &mut Tx<'_>, name: &'static str) -> Result<Vec<Happened>> {
    let Some(Place { number, .. }) = queries::lock_place(tx.conn, name).await? else { return Ok(Vec::new()) };
    let happened = queries::happened_after(tx.conn, number, BATCH).await?;
    if let Some(last) = happened.last() {
        queries::move_on(tx.conn, name, last.number).await?;
    }
    Ok(happened)
}
