//! Taking people who are no coaches any more out of the threads that they were let into.

use super::{
    super::{
        queries::{coaches, succession as queries, threads},
        types::Abandoned,
    },
    disclose::within,
};
use crate::{error::Result, events::Tx};
use uuid::Uuid;

/// Threads that one transaction deals with, of those whose readers are there.
const BATCH: i64 = 500;

/// Takes former coaches out of a bounded number of threads, with their drafts. Open threads that no coach is left in wait for
/// another one; what nobody is left in is erased, in the same transaction. True when that was the last of them.
///
/// # Errors
/// When the database is away.
pub async fn vacate(tx: &mut Tx<'_>, gone: &[Uuid]) -> Result<bool> {
    // By itself: the public comment of each is locked first.
    if let Some(left) = queries::left(tx.conn, gone).await? {
        return vacate_left(tx, left, gone).await.map(|()| false);
    }
    let held = queries::hold(tx.conn, gone, BATCH).await?;
    queries::dismiss(tx.conn, &held, gone).await?;
    threads::wait_without_coach(tx.conn, &held, tx.now).await?;
    Ok(i64::try_from(held.len()).is_ok_and(|taken| taken < BATCH))
}

async fn vacate_left(tx: &mut Tx<'_>, Abandoned { id, comment_id }: Abandoned, gone: &[Uuid]) -> Result<()> {
    within(tx, comment_id, async |tx| {
        if !threads::hold_left(tx.conn, id).await? {
            return Ok(());
        }
        queries::dismiss(tx.conn, &[id], gone).await?;
        if coaches::of(tx.conn, &[id]).await?.is_empty() {
            threads::delete(tx.conn, &[id]).await?;
        }
        Ok(())
    })
    .await
}
