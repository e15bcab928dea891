//! Closing an account, and opening it again.

use super::letters;
use crate::{
    accounts::{self, Account, ErasureMode},
    audit::{self, Entry},
    config::Settings,
    error::Result,
    events::Journal,
    mail::Outbox,
    secrets::Secrets,
};
use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

/// Closes an account: nobody stays signed in, and it is erased when the time of grace is over.
///
/// # Errors
/// As [`accounts::close`].
pub async fn close(
    journal: &Journal,
    secrets: &Secrets,
    settings: &Settings,
    outbox: &Outbox,
    account_id: Uuid,
    mode: ErasureMode,
) -> Result<Account> {
    let closed = journal
        .write(async |tx| {
            let erase_at = tx.now + TimeDelta::days(settings.erasure_grace_days.into());
            let account = accounts::close(tx, secrets, account_id, erase_at, mode).await?;
            let entry = Entry { data: json!({ "comments": mode }), ..Entry::own("account.closing", account_id) };
            audit::record(tx, entry).await?;
            if let Some(email) = &account.email {
                let erase_at = account.erased_after.unwrap_or(erase_at);
                outbox.enqueue(tx, &letters::closing(email, &settings.publication_name, erase_at)).await?;
            }
            Ok(account)
        })
        .await?;
    outbox.wake();
    Ok(closed)
}

/// Opens a closed account again, as long as it has not been erased.
///
/// # Errors
/// As [`accounts::restore`].
pub async fn restore(
    journal: &Journal,
    secrets: &Secrets,
    settings: &Settings,
    outbox: &Outbox,
    account_id: Uuid,
) -> Result<Account> {
    let restored = journal
        .write(async |tx| {
            let account = accounts::restore(tx, secrets, account_id).await?;
            audit::record(tx, Entry::own("account.restored", account_id)).await?;
            if let Some(email) = &account.email {
                outbox.enqueue(tx, &letters::restored(email, &settings.publication_name)).await?;
            }
            Ok(account)
        })
        .await?;
    outbox.wake();
    Ok(restored)
}
