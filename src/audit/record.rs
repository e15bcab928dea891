//! How other rooms write into the audit, and what they may tell somebody of it.

use super::{
    queries,
    types::{NewNetwork, NewRecord, Note, Record, Wanted},
};
use crate::{
    db::Conn,
    error::Result,
    events::{Journal, Tx},
};
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

/// How long it is remembered from which network something was done.
const NETWORKS_KEPT_FOR: TimeDelta = TimeDelta::days(90);

/// Something to be remembered.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What: `session.reuse_detected`. The closed list stands in the guide for operators.
    pub kind: &'static str,
    /// Who did it, where that was an account.
    pub actor_id: Option<Uuid>,
    /// To whose account, or to what.
    pub subject_id: Option<Uuid>,
    /// Keyed hash of the network that the request came from, where there was a request; forgotten after 90 days.
    pub network_hash: Option<Vec<u8>>,
    /// Ids and words of ours; nothing that anybody wrote.
    pub data: Value,
}

impl Entry {
    /// Something that an account did to itself.
    #[must_use]
    pub fn own(kind: &'static str, account_id: Uuid) -> Self {
        Self {
            kind,
            actor_id: Some(account_id),
            subject_id: Some(account_id),
            network_hash: None,
            data: Value::Object(serde_json::Map::new()),
        }
    }
}

/// Forgets from which networks things were done that were done long ago. Returns how many.
///
/// # Errors
/// When the database is away.
pub async fn sweep(journal: &Journal) -> Result<usize> {
    journal.write(async |tx| Ok(queries::forget_networks(tx.conn, tx.now - NETWORKS_KEPT_FOR).await?)).await
}

/// Forgets from which networks somebody did what they did.
///
/// # Errors
/// When the database is away.
pub async fn forget_networks_of(tx: &mut Tx<'_>, account_id: Uuid) -> Result<()> {
    queries::forget_networks_of(tx.conn, account_id).await?;
    Ok(())
}

/// Reads a page, and notes who did.
///
/// # Errors
/// When the database is away.
pub async fn read(tx: &mut Tx<'_>, by: Uuid, wanted: &Wanted<'_>) -> Result<Vec<Record>> {
    let page = queries::page(tx.conn, wanted).await?;
    let data = json!({ "of_actor": wanted.actor_id, "of_subject": wanted.subject_id });
    let read = Entry { kind: "audit.read", actor_id: Some(by), subject_id: None, network_hash: None, data };
    record(tx, read).await?;
    Ok(page)
}

/// Writes an entry; it commits with the transaction, or not at all.
///
/// # Errors
/// When the database is away.
pub async fn record(tx: &mut Tx<'_>, entry: Entry) -> Result<()> {
    let Entry { kind, actor_id, subject_id, network_hash, data } = entry;
    let (id, at) = (tx.id(), tx.now);
    queries::insert(tx.conn, &NewRecord { id, at, kind, actor_id, subject_id, data }).await?;
    if let Some(network_hash) = network_hash {
        queries::insert_network(tx.conn, &NewNetwork { audit_id: id, network_hash, at }).await?;
    }
    Ok(())
}

/// What was done to an account, the oldest first, `limit` at most, what came after `after`. Who did it is not told.
///
/// # Errors
/// When the database is away.
pub async fn list_about(conn: &mut Conn, account_id: Uuid, after: Option<Uuid>, limit: i64) -> Result<Vec<Note>> {
    Ok(queries::about(conn, account_id, after.unwrap_or_default(), limit).await?)
}
