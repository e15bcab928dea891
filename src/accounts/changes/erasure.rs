//! What is left of an account when its owner has it erased: an id without a person.

use super::super::queries::erasure;
use crate::{
    error::{Error, Result},
    events::Tx,
    mail,
    secrets::Secrets,
};
use uuid::Uuid;

/// The name that stands from then on beside what an erased account wrote.
const FORMER_MEMBER: &str = "Former member";

/// Takes out of an account all that says whose it was: name, address, password, profile, second factor, sessions, codes
/// and sign-ups. Mails that wait for its address are taken back: a last word to it is enqueued afterwards. The row stays,
/// so that what hangs on its id does too. Erasing it again does nothing.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound) when there was never such an account.
pub async fn erase_account(tx: &mut Tx<'_>, secrets: &Secrets, account_id: Uuid) -> Result<()> {
    let standing = erasure::lock(tx.conn, account_id).await?.ok_or_else(Error::not_found)?;
    if standing.erased_at.is_some() {
        return Ok(());
    }
    erasure::forget_ways_in(tx.conn, account_id, tx.now).await?;
    if let Some(email_hash) = standing.email_hash {
        erasure::forget_signups(tx.conn, &email_hash).await?;
        mail::erase(tx, &email_hash).await?;
    }
    let erased = erasure::blank(tx.conn, account_id, FORMER_MEMBER, tx.now).await?;
    tx.append(erased.open(secrets)?.event("account.erased", Some(account_id)));
    Ok(())
}
