//! Reading the events one after the other, each once, whatever stops the reading.

use super::{
    journal::Tx,
    queries,
    types::{Happened, Place},
};
use crate::error::Result;
use std::time::Duration;
use tokio::{
    sync::Notify,
    time::{Instant, sleep_until, timeout},
};

/// Events that are read at once, at most.
const BATCH: i64 = 500;

/// How often whoever reads looks although nobody calls: what nobody shows calls nobody.
const ROUND: Duration = Duration::from_secs(1);

/// The shortest time between two looks. Each is a transaction that goes to disk, and while many write, those who write wait for
/// that; so what happens in the meantime is read together.
const PACE: Duration = Duration::from_millis(200);

/// Returns when it is time to look again after having looked: when `stirred` is told, not too soon and not too late.
pub async fn until_stirred(stirred: &Notify, looked_at: Instant) {
    sleep_until(looked_at + PACE).await;
    // Either is a reason to look.
    let _ = timeout(ROUND, stirred.notified()).await;
}

/// Whether there may be more to read at once, after these.
#[must_use]
pub fn may_go_on(happened: &[Happened]) -> bool {
    i64::try_from(happened.len()).is_ok_and(|read| read >= BATCH)
}

/// Begins to read under a name at the present end of the events, unless that was done before. True when it begins now.
///
/// # Errors
/// When the database is away.
pub async fn begin_reading(tx: &mut Tx<'_>, name: &'static str) -> Result<bool> {
    Ok(queries::begin_reading(tx.conn, name).await? > 0)
}

/// The next events for whoever reads under a name, in the order of their numbers, as read when the transaction is committed:
/// an empty list when there are no more. Nobody else reads under the name until the end of the transaction; none when another
/// node does so now.
///
/// # Errors
/// When the database is away.
pub async fn read_on(tx: &mut Tx<'_>, name: &'static str) -> Result<Option<Vec<Happened>>> {
    let Some(Place { number, .. }) = queries::lock_place(tx.conn, name).await? else { return Ok(None) };
    let happened = queries::happened_after(tx.conn, number, BATCH).await?;
    if let Some(last) = happened.last() {
        queries::move_on(tx.conn, name, last.number).await?;
    }
    Ok(Some(happened))
}
