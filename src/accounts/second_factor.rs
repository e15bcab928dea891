//! The second factor: codes of an authenticator app (TOTP, RFC 6238), and recovery codes for when it is lost.

use super::{
    queries::{accounts, second_factors as queries, sessions},
    sessions as session,
    types::{NewSecondFactor, RecoveryCodes, SecondFactorSecret, SecondFactorStanding},
};
use crate::{
    audit::{self, Entry},
    error::{Code, Error, Field, Result},
    events::Tx,
    http::actor::Actor,
    mail::{Mail, Outbox},
    secrets::{Purpose, Secrets, random_bytes},
};
use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use totp_rs::{Builder, Secret, Totp};
use uuid::Uuid;

/// How many recovery codes there are at a time.
const RECOVERY_CODES: usize = 10;

/// Letters and digits that are not taken for one another (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// What came of asking for a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The account has none.
    NotAsked,
    /// The account has one, and no code came.
    Missing,
    /// The code is right; it will not be again.
    Right,
    /// It is not.
    Wrong,
}

/// Asks for the second factor of an account that has one. A code is good once, whoever else saw it (RFC 6238 §5.2).
pub async fn show(tx: &mut Tx<'_>, secrets: &Secrets, account_id: Uuid, code: Option<&SecretString>) -> Result<Shown> {
    let Some(row) = queries::lock(tx.conn, account_id).await?.filter(|row| row.confirmed_at.is_some()) else {
        return Ok(Shown::NotAsked);
    };
    let Some(code) = code.map(|code| code.expose_secret().trim()) else { return Ok(Shown::Missing) };
    let totp = totp(open(secrets, account_id, &row.secret_sealed)?.as_ref(), "", "")?;
    if let Some(step) = step_of(&totp, code, tx.now).filter(|step| *step > row.last_step) {
        queries::note_step(tx.conn, account_id, step).await?;
        return Ok(Shown::Right);
    }
    let used = queries::use_recovery_code(tx.conn, account_id, &recovery_hash(secrets, account_id, code)?).await?;
    if used > 0 {
        audit::record(tx, Entry::own("second_factor.recovery_code_used", account_id)).await?;
        return Ok(Shown::Right);
    }
    Ok(Shown::Wrong)
}

/// Makes a secret for an authenticator app. It asks for nothing until a code of it has been shown.
pub async fn begin(tx: &mut Tx<'_>, secrets: &Secrets, actor: &Actor, publication: &str) -> Result<SecondFactorSecret> {
    let secret = random_bytes::<20>()?;
    let secret_sealed = secrets.seal(Purpose::SecondFactor, actor.account_id.as_bytes(), secret.as_ref())?;
    let row = NewSecondFactor { account_id: actor.account_id, secret_sealed, created_at: tx.now };
    if queries::begin(tx.conn, &row).await? == 0 {
        return Err(Error::new(Code::Conflict, "The account has a second factor; take it away first."));
    }
    // The label shows in the app's list; the end of the account's id tells nothing to who looks over a shoulder.
    let label = actor.account_id.simple().to_string();
    let totp = totp(secret.as_ref(), publication, label.get(24..).unwrap_or_default())?;
    let uri = totp.to_url().map_err(Error::internal)?;
    Ok(SecondFactorSecret { secret: Secret::from(secret.as_ref()).to_base32(), uri })
}

/// Takes the secret into use: a code proves that the app has it. The session that shows it has shown a second factor
/// from then on; all others end, since they have not.
pub async fn confirm(tx: &mut Tx<'_>, secrets: &Secrets, actor: &Actor, code: &str) -> Result<RecoveryCodes> {
    let pending = queries::lock(tx.conn, actor.account_id).await?.filter(|row| row.confirmed_at.is_none());
    let row = pending.ok_or_else(|| Error::new(Code::Conflict, "There is no secret that waits to be confirmed."))?;
    let totp = totp(open(secrets, actor.account_id, &row.secret_sealed)?.as_ref(), "", "")?;
    let step = step_of(&totp, code.trim(), tx.now).ok_or_else(bad_code)?;
    queries::confirm(tx.conn, actor.account_id, step, tx.now).await?;
    session::end_all(tx, actor.account_id, actor.session_id, "second_factor").await?;
    if let Some(session_id) = actor.session_id {
        sessions::show_second_factor(tx.conn, session_id, tx.now).await?;
        session::touch(tx, actor.account_id, "account.changed").await?;
    }
    audit::record(tx, Entry::own("second_factor.confirmed", actor.account_id)).await?;
    renew_recovery_codes(tx, secrets, actor.account_id).await
}

/// New recovery codes; those before are good no more.
pub async fn renew_recovery_codes(tx: &mut Tx<'_>, secrets: &Secrets, account_id: Uuid) -> Result<RecoveryCodes> {
    let codes = (0..RECOVERY_CODES).map(|_| recovery_code()).collect::<Result<Vec<_>>>()?;
    let hashes = codes.iter().map(|code| recovery_hash(secrets, account_id, code)).collect::<Result<Vec<_>>>()?;
    queries::replace_recovery_codes(tx.conn, account_id, hashes).await?;
    audit::record(tx, Entry::own("second_factor.recovery_codes_made", account_id)).await?;
    Ok(RecoveryCodes { recovery_codes: codes })
}

/// Takes the second factor away; no session has shown one from then on. Where it is not its owner who does it, somebody
/// else may hold what the owner lost, so every session ends. False when there is none.
pub async fn remove(tx: &mut Tx<'_>, account_id: Uuid, by: Option<Uuid>) -> Result<bool> {
    if queries::remove(tx.conn, account_id).await? == 0 {
        return Ok(false);
    }
    sessions::forget_second_factor(tx.conn, account_id).await?;
    if by.is_none() {
        session::end_all(tx, account_id, None, "second_factor").await?;
    }
    let entry = Entry { actor_id: by, ..Entry::own("second_factor.removed", account_id) };
    audit::record(tx, entry).await?;
    session::touch(tx, account_id, "account.changed").await?;
    Ok(true)
}

/// Tells the owner of an account what became of its second factor.
pub async fn tell(
    tx: &mut Tx<'_>,
    outbox: &Outbox,
    secrets: &Secrets,
    account_id: Uuid,
    letter: impl Fn(&str) -> Mail,
) -> Result<()> {
    let account = accounts::by_id(tx.conn, account_id).await?.map(|row| row.open(secrets)).transpose()?;
    if let Some(to) = account.and_then(|account| account.email) {
        outbox.enqueue(tx, &letter(&to)).await?;
    }
    Ok(())
}

/// How an account stands with it.
pub fn standing(row: Option<(Option<DateTime<Utc>>, i64)>) -> SecondFactorStanding {
    let (confirmed_at, recovery_codes_left) = row.unwrap_or_default();
    SecondFactorStanding { confirmed_at, recovery_codes_left }
}

fn totp(secret: &[u8], issuer: &str, label: &str) -> Result<Totp> {
    let issuer = (!issuer.is_empty()).then(|| issuer.replace(':', " "));
    let label = if label.is_empty() { "account" } else { label };
    Builder::new()
        .with_secret(secret.to_vec())
        .with_issuer(issuer)
        .with_account_name(label)
        .build()
        .map_err(|error| Error::internal(anyhow::anyhow!("{error}")))
}

/// The time step of a code, one before and one after now included.
fn step_of(totp: &Totp, code: &str, now: DateTime<Utc>) -> Option<i64> {
    let now = u64::try_from(now.timestamp()).ok()?;
    totp.check(code, now).and_then(|step| i64::try_from(step).ok())
}

fn open(secrets: &Secrets, account_id: Uuid, sealed: &[u8]) -> Result<zeroize::Zeroizing<Vec<u8>>> {
    secrets.open(Purpose::SecondFactor, account_id.as_bytes(), sealed)
}

/// 50 random bits, as two groups of five.
fn recovery_code() -> Result<String> {
    let bytes = random_bytes::<10>()?;
    let letters = bytes.iter().map(|byte| char::from(ALPHABET.get(usize::from(byte % 32)).copied().unwrap_or(b'0')));
    let mut code: String = letters.collect();
    code.insert(5, '-');
    Ok(code)
}

/// As it is read back: in any case, with or without the dash, and with letters that look like digits.
fn recovery_hash(secrets: &Secrets, account_id: Uuid, code: &str) -> Result<Vec<u8>> {
    let typed = code.to_lowercase().replace(['-', ' '], "").replace('o', "0").replace(['i', 'l'], "1");
    let message = [account_id.as_bytes(), typed.as_bytes()].concat();
    Ok(secrets.mac(Purpose::SecondFactor, &message)?.to_vec())
}

fn bad_code() -> Error {
    let field = Field::body("/code", "bad_code", "is not a code that the app shows now");
    Error::new(Code::BadCode, "The code is not right.").at(field)
}
