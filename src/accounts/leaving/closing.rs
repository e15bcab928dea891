//! How somebody leaves: the account is closed, can be opened again for a while, and is then erased.

use super::super::{
    queries::{accounts, closing as queries},
    sessions,
    types::Account,
};
use crate::{
    db::Conn,
    error::{Code, Error, Result},
    events::Tx,
    http::permission::Role,
    secrets::Secrets,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What becomes of the comments of somebody who is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ErasureMode {
    /// Those that everybody can see stay, without anything that tells whose they were.
    Anonymise,
    /// Their texts are gone; where others replied, a tombstone keeps the place.
    Remove,
}

impl ErasureMode {
    /// Its name in the database and in documents.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Anonymise => "anonymise",
            Self::Remove => "remove",
        }
    }
}

impl TryFrom<String> for ErasureMode {
    type Error = anyhow::Error;

    fn try_from(name: String) -> anyhow::Result<Self> {
        let known = [Self::Anonymise, Self::Remove].into_iter().find(|mode| mode.as_str() == name);
        known.ok_or_else(|| anyhow::anyhow!("no such way to erase: {name}"))
    }
}

/// An account that nobody but this transaction can use.
#[derive(Debug)]
pub struct Held {
    /// By what its address is known elsewhere.
    pub email_hash: Option<Vec<u8>>,
}

/// Closes an account: all its sessions end, and it is erased after `erase_at`, or earlier if it was closed before.
/// Until then its owner may log in and [`restore`] it.
///
/// # Errors
/// [`Code::Conflict`] for the last admin who stays.
pub async fn close(
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    account_id: Uuid,
    erase_at: DateTime<Utc>,
    mode: ErasureMode,
) -> Result<Account> {
    // Under a lock on all of them: of two who leave at the same moment, one is the last.
    let admins = accounts::lock_role(tx.conn, Role::Admin.as_str(), tx.now).await?;
    if admins == [account_id] {
        let detail = "You are the last admin; make somebody else one before you leave.";
        return Err(Error::new(Code::Conflict, detail));
    }
    let row = queries::close(tx.conn, account_id, erase_at, mode.as_str(), tx.now).await?;
    sessions::end_all(tx, account_id, None, "erasure").await?;
    let account = row.open(secrets)?;
    tx.append(account.event("account.closing", Some(account_id)));
    Ok(account)
}

/// Opens an account again that its owner closed.
///
/// # Errors
/// [`Code::Conflict`] when it is not closed, or its time is over.
pub async fn restore(tx: &mut Tx<'_>, secrets: &Secrets, account_id: Uuid) -> Result<Account> {
    let row = queries::restore(tx.conn, account_id, tx.now).await?;
    let row =
        row.ok_or_else(|| Error::new(Code::Conflict, "The account is not closed, or is being erased already."))?;
    let account = row.open(secrets)?;
    tx.append(account.event("account.restored", Some(account_id)));
    Ok(account)
}

/// Accounts whose time is over, those that have waited longest first, `limit` at most.
///
/// # Errors
/// When the database is away.
pub async fn due_erasures(conn: &mut Conn, now: DateTime<Utc>, limit: i64) -> Result<Vec<(Uuid, ErasureMode)>> {
    let due = queries::due(conn, now, limit).await?;
    let due = due.into_iter().map(|(id, mode)| Ok((id, ErasureMode::try_from(mode.unwrap_or_default())?)));
    due.collect::<anyhow::Result<_>>().map_err(Error::internal)
}

/// Ends the sessions of an account that is being erased, waits for whatever it is just writing, and keeps everything new
/// from being written by it until the end of the transaction. Nothing when the account is gone or has been erased.
///
/// # Errors
/// When the database is away.
pub async fn begin_erasure(tx: &mut Tx<'_>, account_id: Uuid) -> Result<Option<Held>> {
    let Some(email_hash) = queries::hold(tx.conn, account_id).await? else { return Ok(None) };
    sessions::end_all(tx, account_id, None, "erasure").await?;
    Ok(Some(Held { email_hash }))
}
