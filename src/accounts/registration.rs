//! How an account comes to be: signed up for and confirmed by a mailed code, or made by staff and claimed.

use super::{
    letters, names,
    passwords::{Hasher, choose},
    queries::{accounts, codes, invites, signups},
    rules::{Email, MAX_SIGN_UPS, MAX_TRIALS, SIGN_UP_VALID, check_password_size, clean_name},
    sessions,
    types::{Account, Claim, Confirmation, NewAccountRow, SignUp, SignUpRow},
};
use crate::{
    audit::{self, Entry},
    config::Settings,
    error::{Code, Error, Field, OnConstraint, Result},
    events::Journal,
    http::permission::Role,
    mail::Outbox,
    secrets::{Secrets, random_token, token_hash},
    text,
};
use secrecy::{ExposeSecret, SecretString};

/// What a sign-up asks for, once it is acceptable.
struct Wanted {
    email: Email,
    password: SecretString,
    display_name: String,
}

/// Looks at nothing but the input, so that the answer tells nothing else.
async fn check(hasher: &Hasher, settings: &Settings, given: SignUp) -> Result<Wanted> {
    let SignUp { email: address, password, display_name: name } = given;
    // Their lengths come first: what the password is held against is bounded, too.
    let (email, display_name) = (Email::parse(&address), clean_name(&name));
    let about = [email.as_ref().map_or("", Email::as_str), display_name.as_deref().unwrap_or_default()];
    let chosen = choose(hasher, settings, &password, about).await?;
    match (email, display_name, chosen) {
        (Ok(email), Ok(display_name), Ok(())) => Ok(Wanted { email, password, display_name }),
        (email, display_name, chosen) => {
            Err(Error::validation([email.err(), chosen.err(), display_name.err()].into_iter().flatten().collect()))
        }
    }
}

/// Takes a sign-up in. What is done for an address that is known and one that is not differs in the words of a mail.
pub async fn sign_up(
    journal: &Journal,
    hasher: &Hasher,
    outbox: &Outbox,
    secrets: &Secrets,
    settings: &Settings,
    given: SignUp,
) -> Result<()> {
    let Wanted { email, password, display_name } = check(hasher, settings, given).await?;
    let password_hash = hasher.hash(password).await?;
    let (code, email_hash) = (random_token()?, email.hash(secrets)?);
    let publication = &settings.publication_name;
    let (already, invitation) =
        (letters::already(email.as_str(), publication), letters::code(email.as_str(), publication, &code));
    journal
        .write(async |tx| {
            // Before the address is looked at: the answer tells of the name alone.
            names::check_free(tx.conn, &display_name, None).await?.map_err(|flaw| Error::validation(vec![flaw]))?;
            let (known, recent) = signups::standing(tx.conn, &email_hash, tx.now - SIGN_UP_VALID).await?;
            if recent >= MAX_SIGN_UPS {
                tracing::info!("an address has had its mails for today");
                return Ok(());
            }
            let id = tx.id();
            let row = SignUpRow {
                id,
                code_hash: token_hash(&code),
                email_sealed: email.seal(secrets, id)?,
                email_hash,
                display_name,
                password_hash,
                created_at: tx.now,
                expires_at: tx.now + SIGN_UP_VALID,
            };
            signups::insert(tx.conn, &row).await?;
            outbox.enqueue(tx, if known { &already } else { &invitation }).await.map(drop)
        })
        .await?;
    outbox.wake();
    Ok(())
}

/// Makes the account that a mailed code stands for, for who knows the password of the sign-up: else somebody could sign up
/// with another's address and have an account there as soon as that person enters the code. A code bears five wrong
/// passwords, counted before they are checked, so that as many at once do not get more.
///
/// # Errors
/// [`Code::BadCode`], at `/code` or at `/password`; [`Code::Conflict`] when somebody who works here has the name by now.
pub async fn confirm(journal: &Journal, hasher: &Hasher, secrets: &Secrets, given: Confirmation) -> Result<Account> {
    let Confirmation { code, password } = given;
    check_password_size(password.expose_secret()).map_err(|flaw| Error::validation(vec![flaw]))?;
    let code_hash = token_hash(code.expose_secret());
    let tried = journal.write(async |tx| Ok(signups::try_code(tx.conn, &code_hash, MAX_TRIALS, tx.now).await?)).await?;
    let password_hash = tried.ok_or_else(bad_code)?;
    if !hasher.verify(password, Some(password_hash)).await?.matches {
        let field = Field::body("/password", "wrong_password", "is not the password that was chosen at sign-up");
        return Err(Error::new(Code::BadCode, "The password is not the one of the sign-up.").at(field));
    }
    let confirmed = journal.write(async |tx| {
        let signup = signups::take(tx.conn, &code_hash, tx.now).await?.ok_or_else(bad_code)?;
        names::check_free(tx.conn, &signup.display_name, None).await?.map_err(|_| name_gone())?;
        // It takes over the sign-up's id, beside which alone the sealed address opens.
        let row = NewAccountRow {
            id: signup.id,
            name_skeleton: text::name_skeleton(&signup.display_name),
            display_name: signup.display_name,
            role: Role::Reader.as_str(),
            email_hash: Some(signup.email_hash),
            email_sealed: Some(signup.email_sealed),
            password_hash: Some(signup.password_hash),
            created_at: tx.now,
            updated_at: tx.now,
        };
        let account = accounts::insert(tx.conn, &row).await?.open(secrets)?;
        audit::record(tx, Entry::own("account.confirmed", account.id)).await?;
        tx.append(account.event("account.confirmed", Some(account.id)));
        Ok(account)
    });
    confirmed.await.on_constraint("accounts_email_hash_key", bad_code)
}

fn name_gone() -> Error {
    Error::new(Code::Conflict, "Somebody who works here has this name by now: sign up again with another one.")
}

/// Gives an account that was made for somebody to whoever has its code: from then on this password is the only one,
/// and nobody stays signed in.
pub async fn claim(
    journal: &Journal,
    hasher: &Hasher,
    secrets: &Secrets,
    settings: &Settings,
    given: Claim,
) -> Result<Account> {
    let Claim { code, password } = given;
    let hash = token_hash(code.expose_secret());
    let row = journal.write(async |tx| Ok(invites::account(tx.conn, &hash, tx.now).await?)).await?;
    let row = row.ok_or_else(bad_code)?;
    let account = row.open(secrets)?;
    let email = account.email.unwrap_or_default();
    let chosen = choose(hasher, settings, &password, [&account.display_name, &email]).await?;
    chosen.map_err(|flaw| Error::validation(vec![flaw]))?;
    let password_hash = hasher.hash(password).await?;
    journal
        .write(async |tx| {
            let id = invites::use_up(tx.conn, &hash, tx.now).await?.ok_or_else(bad_code)?;
            let account = accounts::set_password(tx.conn, id, &password_hash, tx.now).await?.open(secrets)?;
            sessions::end_all(tx, id, None, "password").await?;
            invites::forget_all(tx.conn, id).await?;
            codes::forget_all(tx.conn, id).await?;
            audit::record(tx, Entry::own("account.claimed", account.id)).await?;
            tx.append(account.event("account.claimed", Some(account.id)));
            Ok(account)
        })
        .await
}

/// The answer to every code that is not good, whatever it would have been for.
pub fn bad_code() -> Error {
    let field = Field::body("/code", "bad_code", "is wrong, used or expired");
    Error::new(Code::BadCode, "The code is wrong, used or expired.").at(field)
}
