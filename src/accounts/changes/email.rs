//! Another address for an account: verified before it is used, and told to both.

use super::{
    super::{
        letters,
        passwords::Hasher,
        queries::{accounts, codes},
        registration::bad_code,
        rules::{EMAIL_CODE_VALID, Email},
        types::{Account, ChangeEmail, NewCode},
    },
    proof::{self, gone},
};
use crate::{
    audit::{self, Entry},
    config::Settings,
    error::{Code, Error, OnConstraint, Result},
    events::Journal,
    mail::{Mail, Outbox},
    secrets::{Secrets, random_token, token_hash},
};
use uuid::Uuid;

/// Mails a code to the address that somebody wants, and tells the present one. An address that has an account gets another
/// mail and no code; nothing else tells the two apart.
///
/// Asks for the password rather than for a recent log-in: whoever finds a browser open, minutes after the log-in too, could
/// else take the account away (ASVS 7.5.1).
///
/// # Errors
/// [`Code::Validation`] for what is no address, and for a wrong password.
pub async fn request(
    journal: &Journal,
    hasher: &Hasher,
    outbox: &Outbox,
    secrets: &Secrets,
    settings: &Settings,
    account_id: Uuid,
    given: ChangeEmail,
) -> Result<()> {
    let email = Email::parse(&given.email).map_err(|flaw| Error::validation(vec![flaw]))?;
    let (proof, _) = proof::prove(journal, hasher, account_id, given.password, "/password").await?;
    let (code, email_hash) = (random_token()?, email.hash(secrets)?);
    let publication = &settings.publication_name;
    let (to_verify, taken) =
        (letters::verify(email.as_str(), publication, &code), letters::taken(email.as_str(), publication));
    journal
        .write(async |tx| {
            let account = proof.account(tx).await?.open(secrets)?;
            let known = accounts::is_known(tx.conn, &email_hash).await?;
            if !outbox.enqueue(tx, if known { &taken } else { &to_verify }).await? {
                return Ok(());
            }
            let row = NewCode {
                code_hash: token_hash(&code),
                account_id,
                purpose: codes::EMAIL,
                email_sealed: Some(email.seal(secrets, account_id)?),
                email_hash: Some(email_hash),
                created_at: tx.now,
                expires_at: tx.now + EMAIL_CODE_VALID,
            };
            codes::insert(tx.conn, &row).await?;
            audit::record(tx, Entry::own("email.change_requested", account_id)).await?;
            if let Some(present) = &account.email {
                outbox.enqueue(tx, &letters::email_about_to_change(present, publication)).await?;
            }
            Ok(())
        })
        .await?;
    outbox.wake();
    Ok(())
}

/// Takes the address into use that a code of the same account verifies. Codes that went to the former one are good no more.
///
/// # Errors
/// [`Code::BadCode`]; [`Code::Conflict`] when somebody else has the address by now.
pub async fn confirm(
    journal: &Journal,
    outbox: &Outbox,
    secrets: &Secrets,
    settings: &Settings,
    account_id: Uuid,
    code: &str,
) -> Result<Account> {
    let publication = &settings.publication_name;
    let taken = || Error::new(Code::Conflict, "The address belongs to another account by now.");
    let confirmed = journal.write(async |tx| {
        let (former, _) = accounts::lock(tx.conn, account_id).await?.ok_or_else(gone)?;
        let verified = codes::take_address(tx.conn, account_id, &token_hash(code), tx.now).await?;
        let row = accounts::set_email(tx.conn, account_id, &verified.ok_or_else(bad_code)?, tx.now).await;
        let account = row.on_constraint("accounts_email_hash_key", taken)?.open(secrets)?;
        codes::forget_all(tx.conn, account_id).await?;
        audit::record(tx, Entry::own("email.changed", account_id)).await?;
        tx.append(account.event("account.changed", Some(account_id)));
        for mail in told(former.open(secrets)?, &account, publication) {
            outbox.enqueue(tx, &mail).await?;
        }
        Ok(account)
    });
    let account = confirmed.await?;
    outbox.wake();
    Ok(account)
}

/// A mail to the former address, where there was one, and one to the present.
fn told(former: Account, present: &Account, publication: &str) -> Vec<Mail> {
    let former = former.email.map(|to| letters::email_given_up(&to, publication));
    former.into_iter().chain(present.email.as_deref().map(|to| letters::email_taken_up(to, publication))).collect()
}
