//! Logging in: a password, and a second factor where the account has one.

use super::{
    letters,
    passwords::Hasher,
    queries::{accounts, sessions as session_rows},
    rules::{Checked, Email, check_email_length, check_password_size, email_hash},
    second_factor,
    sessions::{self, Proof},
    tokens::Tokens,
    types::{AccountRow, LogIn, Session},
};
use crate::{
    audit::{self, Entry},
    config::Settings,
    db::Pool,
    error::{Code, Error, Field, Quota, Result},
    events::{Journal, Tx},
    mail::Outbox,
    secrets::Secrets,
    throttle::Throttle,
};
use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

/// What a log-in works with.
pub struct Means<'a> {
    pub pool: &'a Pool,
    pub journal: &'a Journal,
    pub throttle: &'a Throttle,
    pub hasher: &'a Hasher,
    pub tokens: &'a Tokens,
    pub outbox: &'a Outbox,
    pub secrets: &'a Secrets,
    pub settings: &'a Settings,
}

/// An account whose password has been given, as it was then.
struct Opened {
    account: AccountRow,
    password_hash: Option<String>,
    rehashed: Option<String>,
}

/// Begins a session, if address, password and second factor belong together. Whatever is wrong with address and
/// password, the answer is the same and takes as long.
pub async fn with_password(means: &Means<'_>, given: LogIn) -> Result<(Session, Quota)> {
    let LogIn { email, password, one_time_code, .. } = given;
    check(&email, &password)?;
    let hash = email_hash(means.secrets, &email)?;
    let network_hash = means.throttle.client().network_hash(means.secrets)?;
    let asking = async {
        let known = accounts::credentials(&mut *means.pool.get().await?, &hash, &network_hash).await?;
        let known = known.map_or((None, None, false), |(account, hash, known)| (Some(account), hash, known));
        Ok((means.throttle.log_in(&hash, known.2).await?, known))
    };
    let (quota, (account, password_hash, known_network)) = means.hasher.at_the_door(asking).await?;
    let verdict = means.hasher.verify(password.clone(), password_hash.clone()).await?;
    let subject_id = account.as_ref().map(|account| account.id);
    let (Some(account), true) = (account, verdict.matches) else {
        let failed = Entry {
            kind: "log_in.failed",
            actor_id: None,
            subject_id,
            network_hash: Some(network_hash),
            data: json!({ "at": "password" }),
        };
        means.journal.write(async |tx| audit::record(tx, failed).await).await?;
        return Err(bad_credentials());
    };
    let rehashed = if verdict.outdated { Some(means.hasher.hash(password).await?) } else { None };
    let opened = Opened { account, password_hash, rehashed };
    // A refusal is said only after the commit: what was noted of it must not be rolled back.
    let session = means.journal.write(async |tx| enter(tx, means, opened, one_time_code, network_hash).await).await??;
    means.throttle.logged_in(&hash, known_network).await?;
    Ok((session, quota))
}

/// Looks at nothing but the input (peers hashed passwords of megabytes).
fn check(email: &str, password: &SecretString) -> Result<()> {
    let flaws = [check_email_length(email.trim()), check_password_size(password.expose_secret())];
    let flaws: Vec<_> = flaws.into_iter().filter_map(Checked::err).collect();
    if flaws.is_empty() { Ok(()) } else { Err(Error::validation(flaws)) }
}

async fn enter(
    tx: &mut Tx<'_>,
    means: &Means<'_>,
    opened: Opened,
    code: Option<SecretString>,
    network_hash: Vec<u8>,
) -> Result<Result<Session>> {
    let Opened { account, password_hash, rehashed } = opened;
    // While the hash was computed, the password may have been changed.
    let (account, now_hash) = accounts::lock(tx.conn, account.id).await?.ok_or_else(bad_credentials)?;
    if now_hash != password_hash {
        return Ok(Err(bad_credentials()));
    }
    if account.ban().is_some_and(|ban| ban.holds(tx.now)) {
        return Ok(Err(banned(account.ban().and_then(|ban| ban.until))));
    }
    let second_factor = match second_factor::show(tx, means.secrets, account.id, code.as_ref()).await? {
        second_factor::Shown::NotAsked => false,
        second_factor::Shown::Right => true,
        second_factor::Shown::Missing => return Ok(Err(code_required())),
        second_factor::Shown::Wrong => {
            let data = json!({ "at": "second_factor" });
            let failed = Entry { network_hash: Some(network_hash), data, ..Entry::own("log_in.failed", account.id) };
            audit::record(tx, failed).await?;
            return Ok(Err(bad_code()));
        }
    };
    if let Some(rehashed) = &rehashed {
        accounts::rehash(tx.conn, account.id, rehashed).await?;
    }
    tell_of_new_network(tx, means, &account, &network_hash).await?;
    let proof = Proof { second_factor, network_hash: Some(network_hash) };
    Ok(Ok(sessions::begin(tx, means.tokens, &account, proof).await?))
}

/// The owner hears of a log-in from a network that no session of theirs has come from, but for the first of all.
async fn tell_of_new_network(tx: &mut Tx<'_>, means: &Means<'_>, account: &AccountRow, network: &[u8]) -> Result<()> {
    let (any, known) = session_rows::networks(tx.conn, account.id, network).await?;
    let Some(sealed) = account.email_sealed.as_ref().filter(|_| any && !known) else { return Ok(()) };
    let address = Email::open(means.secrets, account.id, sealed)?;
    let letter = letters::new_sign_in(&address, &means.settings.publication_name);
    means.outbox.enqueue(tx, &letter).await?;
    Ok(())
}

fn bad_credentials() -> Error {
    Error::new(Code::BadCredentials, "E-mail and password do not belong together.")
}

fn bad_code() -> Error {
    let field = Field::body("/one_time_code", "bad_code", "is wrong, or was used before");
    Error::new(Code::BadCredentials, "The code of the second factor is not right.").at(field)
}

fn code_required() -> Error {
    let field = Field::body("/one_time_code", "required", "a code of the authenticator app, or a recovery code");
    Error::new(Code::OneTimeCodeRequired, "The account has a second factor.").at(field)
}

fn banned(until: Option<DateTime<Utc>>) -> Error {
    let detail = until.map_or("The account is banned.".to_owned(), |until| {
        format!("The account is banned until {}.", until.format("%Y-%m-%d %H:%M UTC"))
    });
    Error::new(Code::Banned, detail)
}
