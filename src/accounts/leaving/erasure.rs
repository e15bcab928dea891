//! What is left of a person who is erased: a row that articles and records may go on referring to, and nothing in it.

use super::super::{queries::erasure as queries, types::Account};
use crate::{error::Result, events::Tx, secrets::Secrets};
use uuid::Uuid;

/// What somebody is called who is not known any more.
pub const FORMER_MEMBER: &str = "Former member";

/// Empties an account: name, address, password, profile, every way in, every code and sign-up of its address. What
/// else there is of the person is the business of those who keep it. Doing it again does nothing.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound) when there is no such account.
pub async fn erase_account(tx: &mut Tx<'_>, secrets: &Secrets, account_id: Uuid) -> Result<()> {
    let email_hash = queries::email_hash(tx.conn, account_id).await?;
    queries::forget_ways_in(tx.conn, account_id).await?;
    if let Some(email_hash) = email_hash {
        queries::forget_signups(tx.conn, &email_hash).await?;
    }
    let row = queries::empty(tx.conn, account_id, FORMER_MEMBER, tx.now).await?;
    let account: Account = row.open(secrets)?;
    tx.append(account.event("account.erased", None));
    Ok(())
}
