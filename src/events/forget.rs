//! Taking somebody off what is kept here.

use super::{journal::Tx, queries};
use crate::error::Result;
use uuid::Uuid;

/// Events that one transaction takes an actor off.
const BATCH: i64 = 5000;

/// Forgets the answers that were given to somebody's idempotency keys. `scope` is theirs: `account:<id>`.
///
/// # Errors
/// When the database is away.
pub async fn forget_answers_of(tx: &mut Tx<'_>, scope: &str) -> Result<()> {
    queries::forget_answers_of(tx.conn, scope).await?;
    Ok(())
}

/// Forgets that events tell of somebody as mentioned, a bounded number of them. True when none is left.
///
/// # Errors
/// When the database is away.
pub async fn forget_mentioned(tx: &mut Tx<'_>, person_id: Uuid) -> Result<bool> {
    let taken = queries::forget_mentioned(tx.conn, person_id, BATCH).await?;
    Ok(i64::try_from(taken).is_ok_and(|taken| taken < BATCH))
}

/// Forgets that an account did what some of its events tell, a bounded number of them. True when none is left.
///
/// # Errors
/// When the database is away.
pub async fn forget_actor(tx: &mut Tx<'_>, account_id: Uuid) -> Result<bool> {
    let taken = queries::forget_actor(tx.conn, account_id, BATCH).await?;
    Ok(i64::try_from(taken).is_ok_and(|taken| taken < BATCH))
}
