//! Asking somebody who is signed in for the password again.

use super::super::{passwords::Hasher, queries::accounts, rules::check_password_size, types::AccountRow};
use crate::{
    error::{Code, Error, Field, Result},
    events::{Journal, Tx},
    http::actor::unauthenticated,
};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

/// That somebody knew the password of an account.
pub struct Proof {
    account_id: Uuid,
    password_hash: Option<String>,
}

/// Checks the password of an account; `pointer` is where it stood in the body. One that is too long is refused before
/// anything is computed of it. An account without a password has none that would be right.
///
/// # Errors
/// [`Code::Validation`] at `pointer`.
pub async fn prove(
    journal: &Journal,
    hasher: &Hasher,
    account_id: Uuid,
    password: SecretString,
    pointer: &str,
) -> Result<(Proof, AccountRow)> {
    let refuse = |code, detail| Error::validation(vec![Field::body(pointer, code, detail)]);
    check_password_size(password.expose_secret()).map_err(|flaw| refuse(flaw.code, flaw.detail))?;
    let found = journal.write(async |tx| Ok(accounts::lock(tx.conn, account_id).await?)).await?;
    let (account, password_hash) = found.ok_or_else(gone)?;
    if hasher.verify(password, password_hash.clone()).await?.matches {
        return Ok((Proof { account_id, password_hash }, account));
    }
    Err(refuse("wrong_password".into(), "is not the password of this account".into()))
}

impl Proof {
    /// The account, if its password is still the one that was checked; it stays as it is until the end of the transaction.
    ///
    /// # Errors
    /// [`Code::Conflict`] when the password was changed while this one was checked.
    pub async fn account(&self, tx: &mut Tx<'_>) -> Result<AccountRow> {
        let held = accounts::lock(tx.conn, self.account_id).await?;
        let (account, password_hash) = held.ok_or_else(gone)?;
        if password_hash == self.password_hash {
            return Ok(account);
        }
        Err(Error::new(Code::Conflict, "The password has just been changed."))
    }
}

/// The error for somebody whose account is erased at this moment.
pub fn gone() -> Error {
    unauthenticated("The account is gone.")
}
