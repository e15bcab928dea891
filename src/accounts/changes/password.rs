//! Another password for an account: by who knows the present one, or by who has lost it and reads the account's mail.

use super::{
    super::{
        letters,
        passwords::{Hasher, choose},
        queries::{accounts, codes, invites},
        registration::bad_code,
        rules::{Email, RESET_CODE_VALID},
        sessions,
        types::{Account, ChangePassword, NewCode, PasswordRedemption, PasswordReset},
    },
    proof,
};
use crate::{
    audit::{self, Entry},
    config::Settings,
    error::{Error, Field, Result},
    events::{Journal, Tx},
    http::actor::Actor,
    mail::Outbox,
    secrets::{Secrets, random_token, token_hash},
};
use secrecy::ExposeSecret;
use uuid::Uuid;

/// Gives an account another password, by who knows the present one. Ends every session but the one that asks, and makes all
/// codes worthless that were mailed before.
///
/// # Errors
/// [`Code::Validation`](crate::error::Code::Validation) for a wrong password, and for a new one that is not acceptable.
pub async fn change(
    journal: &Journal,
    hasher: &Hasher,
    outbox: &Outbox,
    secrets: &Secrets,
    settings: &Settings,
    actor: &Actor,
    given: ChangePassword,
) -> Result<()> {
    let ChangePassword { current_password, new_password } = given;
    let account_id = actor.account_id;
    let (proof, row) = proof::prove(journal, hasher, account_id, current_password, "/current_password").await?;
    let account = row.open(secrets)?;
    let about = [account.display_name.as_str(), account.email.as_deref().unwrap_or_default()];
    let chosen = choose(hasher, settings, &new_password, about).await?;
    chosen.map_err(|flaw| Error::validation(vec![Field::body("/new_password", flaw.code, flaw.detail)]))?;
    let password_hash = hasher.hash(new_password).await?;
    journal
        .write(async |tx| {
            proof.account(tx).await?;
            let account = set(tx, secrets, account_id, &password_hash, actor.session_id).await?;
            audit::record(tx, Entry::own("password.changed", account_id)).await?;
            tell(tx, outbox, settings, &account).await
        })
        .await?;
    outbox.wake();
    Ok(())
}

/// Mails a code to an address, if an account with a password has it, and else word that there is none. What is done for the
/// one and the other differs in the words of a mail: what an unknown address does not need is done too, and undone.
///
/// # Errors
/// [`Code::Validation`](crate::error::Code::Validation) for what is no address.
pub async fn request_reset(
    journal: &Journal,
    outbox: &Outbox,
    secrets: &Secrets,
    settings: &Settings,
    given: PasswordReset,
) -> Result<()> {
    let email = Email::parse(&given.email).map_err(|flaw| Error::validation(vec![flaw]))?;
    let (code, email_hash) = (random_token()?, email.hash(secrets)?);
    let publication = &settings.publication_name;
    let link = settings.password_reset_link(&code);
    let reset = letters::reset(email.as_str(), publication, &code, link.as_deref());
    let unknown = letters::unknown(email.as_str(), publication);
    journal
        .write(async |tx| {
            let (known, anybody) = accounts::resettable(tx.conn, &email_hash).await?;
            if !outbox.enqueue(tx, if known.is_some() { &reset } else { &unknown }).await? {
                return Ok(());
            }
            let Some(account_id) = known.or(anybody) else { return Ok(()) };
            let remember = async |tx: &mut Tx<'_>| {
                codes::insert(tx.conn, &reset_code(tx, &code, account_id)).await?;
                audit::record(tx, Entry { actor_id: None, ..Entry::own("password.reset_requested", account_id) }).await
            };
            tx.undo_unless(known.is_some(), remember).await
        })
        .await?;
    outbox.wake();
    Ok(())
}

fn reset_code(tx: &Tx<'_>, code: &str, account_id: Uuid) -> NewCode {
    NewCode {
        code_hash: token_hash(code),
        account_id,
        purpose: codes::PASSWORD,
        email_hash: None,
        email_sealed: None,
        created_at: tx.now,
        expires_at: tx.now + RESET_CODE_VALID,
    }
}

/// Gives an account another password, by who has a code that was mailed to it. Ends every session, begins none, and leaves
/// the second factor as it is: whoever reads the mail knows one thing, not two.
///
/// # Errors
/// [`Code::BadCode`](crate::error::Code::BadCode), [`Code::Validation`](crate::error::Code::Validation) for a password that
/// is not acceptable, which leaves the code good.
pub async fn redeem_reset(
    journal: &Journal,
    hasher: &Hasher,
    outbox: &Outbox,
    secrets: &Secrets,
    settings: &Settings,
    given: PasswordRedemption,
) -> Result<()> {
    let PasswordRedemption { code, password } = given;
    let hash = token_hash(code.expose_secret());
    let row = journal.write(async |tx| Ok(codes::account(tx.conn, &hash, tx.now).await?)).await?;
    let account = row.ok_or_else(bad_code)?.open(secrets)?;
    let about = [account.display_name.as_str(), account.email.as_deref().unwrap_or_default()];
    let chosen = choose(hasher, settings, &password, about).await?;
    chosen.map_err(|flaw| Error::validation(vec![flaw]))?;
    let password_hash = hasher.hash(password).await?;
    journal
        .write(async |tx| {
            let id = codes::use_up(tx.conn, &hash, tx.now).await?.ok_or_else(bad_code)?;
            let account = set(tx, secrets, id, &password_hash, None).await?;
            audit::record(tx, Entry::own("password.reset", id)).await?;
            tell(tx, outbox, settings, &account).await
        })
        .await?;
    outbox.wake();
    Ok(())
}

/// Sets a password. Sessions end, but the one to keep, and what was mailed before is worthless.
async fn set(
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    account_id: Uuid,
    password_hash: &str,
    keep: Option<Uuid>,
) -> Result<Account> {
    let account = accounts::set_password(tx.conn, account_id, password_hash, tx.now).await?.open(secrets)?;
    sessions::end_all(tx, account_id, keep, "password").await?;
    codes::forget_all(tx.conn, account_id).await?;
    invites::forget_all(tx.conn, account_id).await?;
    tx.append(account.event("account.password_changed", Some(account_id)));
    Ok(account)
}

async fn tell(tx: &mut Tx<'_>, outbox: &Outbox, settings: &Settings, account: &Account) -> Result<()> {
    if let Some(to) = &account.email {
        outbox.enqueue(tx, &letters::password_changed(to, &settings.publication_name)).await?;
    }
    Ok(())
}
