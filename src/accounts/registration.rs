//! How an account comes to be: signed up for and confirmed by a mailed code, or made by staff and claimed.

use super::{
    letters,
    passwords::Hasher,
    queries::{accounts, invites, sessions, signups},
    rules::{Checked, Email, MAX_SIGN_UPS, SIGN_UP_VALID, check_password_length, check_password_strength, clean_name},
    types::{Account, Claim, NewAccountRow, SignUp, SignUpRow},
};
use crate::{
    config::Settings,
    error::{Code, Error, Field, OnConstraint, Result},
    events::Journal,
    http::permission::Role,
    mail::Outbox,
    secrets::{Secrets, random_token, token_hash},
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
    let chosen = choose(hasher, settings, &password, [&address, &name]).await?;
    match (Email::parse(&address), clean_name(&name), chosen) {
        (Ok(email), Ok(display_name), Ok(())) => Ok(Wanted { email, password, display_name }),
        (email, display_name, chosen) => {
            Err(Error::validation([email.err(), chosen.err(), display_name.err()].into_iter().flatten().collect()))
        }
    }
}

/// Whether somebody may choose a password.
async fn choose(hasher: &Hasher, settings: &Settings, password: &SecretString, about: [&str; 2]) -> Result<Checked> {
    if let Err(flaw) = check_password_length(password.expose_secret(), settings.password_min_length) {
        return Ok(Err(flaw));
    }
    let [one, other] = about.map(str::to_owned);
    let (password, about) = (password.clone(), [one, other, settings.publication_name.clone()]);
    hasher.in_turn(move || Ok(check_password_strength(password.expose_secret(), &about))).await
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
    let (already, invitation) = (letters::already(&email, publication), letters::code(&email, publication, &code));
    journal
        .write(async |tx| {
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

/// Makes the account that a mailed code stands for.
pub async fn confirm(journal: &Journal, secrets: &Secrets, code: &str) -> Result<Account> {
    let confirmed = journal.write(async |tx| {
        let signup = signups::take(tx.conn, &token_hash(code), tx.now).await?.ok_or_else(bad_code)?;
        // It takes over the sign-up's id, beside which alone the sealed address opens.
        let row = NewAccountRow {
            id: signup.id,
            display_name: signup.display_name,
            role: Role::Reader.as_str(),
            email_hash: Some(signup.email_hash),
            email_sealed: Some(signup.email_sealed),
            password_hash: Some(signup.password_hash),
            created_at: tx.now,
            updated_at: tx.now,
        };
        let account = accounts::insert(tx.conn, &row).await?.open(secrets)?;
        tx.append(account.event("account.confirmed", Some(account.id)));
        Ok(account)
    });
    confirmed.await.on_constraint("accounts_email_hash_key", bad_code)
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
            sessions::end_all(tx.conn, id, "password", tx.now).await?;
            tx.append(account.event("account.claimed", Some(account.id)));
            Ok(account)
        })
        .await
}

fn bad_code() -> Error {
    let field = Field::body("/code", "bad_code", "is wrong, used or expired");
    Error::new(Code::BadCode, "The code is wrong, used or expired.").at(field)
}
