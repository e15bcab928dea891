//! Sealing the keys of threads anew.

use super::super::{
    queries::keys,
    types::{KeptKey, KeyName},
};
use crate::{
    db::Conn,
    error::Result,
    events::{Journal, Tx},
    secrets::{Secrets, ThreadKey},
};
use uuid::Uuid;

/// Keys that are sealed anew in one transaction.
const BATCH: i64 = 500;

/// What became of the keys that were not sealed under the first key of the settings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rotation {
    /// Sealed under it now.
    pub resealed: usize,
    /// Left as they are, because they do not open: the settings do not have the key under which they were sealed.
    pub unreadable: usize,
}

/// Seals the key of every thread under the first key of the settings, in batches, and tells how far it has come after each.
/// Whatever stops it, the next call goes on where it was. No text is touched.
///
/// # Errors
/// When the database is away.
pub async fn rotate(journal: &Journal, secrets: &Secrets, progress: &dyn Fn(Rotation)) -> Result<Rotation> {
    let (mut so_far, mut after) = (Rotation::default(), Uuid::nil());
    loop {
        let (last, batch) = journal.write(async |tx| reseal(tx, secrets, after).await).await?;
        let Some(last) = last else { return Ok(so_far) };
        after = last;
        so_far.resealed += batch.resealed;
        so_far.unreadable += batch.unreadable;
        progress(so_far);
    }
}

/// One batch behind a thread; also the last thread of the batch, if there was one.
async fn reseal(tx: &mut Tx<'_>, secrets: &Secrets, after: Uuid) -> Result<(Option<Uuid>, Rotation)> {
    let others = keys::others(tx.conn, &ThreadKey::kept_prefix(secrets), after, BATCH).await?;
    let last = others.last().map(|kept| kept.id);
    let (mut ids, mut anew, mut unreadable) = (Vec::new(), Vec::new(), 0);
    for KeptKey { id, key_sealed } in others {
        match ThreadKey::reseal(secrets, id, &key_sealed) {
            Ok(key) => {
                ids.push(id);
                anew.push(key);
            }
            // One thread whose key is lost keeps no other from being sealed.
            Err(error) => {
                unreadable += 1;
                tracing::warn!(cause = format!("{error:#}"), "the key of a private thread is not sealed anew");
            }
        }
    }
    let resealed = if ids.is_empty() { 0 } else { keys::keep(tx.conn, &ids, &anew).await? };
    Ok((last, Rotation { resealed, unreadable }))
}

/// What the keys are called under which those of threads are sealed, and of how many.
///
/// # Errors
/// When the database is away.
pub async fn count_keys(conn: &mut Conn) -> Result<Vec<KeyName>> {
    Ok(keys::names(conn).await?)
}
