//! Sessions: how they begin, go on and end.
//!
//! A session is a family of refresh tokens, each good once and the secret successor of the one before it. A used
//! token that comes back means that somebody else has it too, and ends the session (RFC 9700 §4.14.2); except for a
//! few seconds while nobody has used its successor, which it then gives again.

use super::{
    passwords::Hasher,
    queries::{accounts, sessions as queries},
    rules::{Checked, REFRESH_GRACE, check_email_length, check_password_size, email_hash},
    tokens::Tokens,
    types::{AccountRow, LogIn, NewRefreshToken, NewSession, Session, ShownToken, TokenType},
};
use crate::{
    db::Pool,
    error::{Code, Error, Result},
    events::{Event, Journal, Tx},
    http::permission::Role,
    secrets::{Secrets, random_token, token_hash},
};
use secrecy::ExposeSecret;
use serde_json::json;
use uuid::Uuid;

/// Begins a session, if address and password belong together. Whatever is wrong with them, the answer is the same
/// and takes as long.
pub async fn log_in(
    pool: &Pool,
    journal: &Journal,
    hasher: &Hasher,
    tokens: &Tokens,
    secrets: &Secrets,
    given: LogIn,
) -> Result<Session> {
    let LogIn { email, password } = given;
    let flaws = [check_email_length(email.trim()), check_password_size(password.expose_secret())];
    let flaws: Vec<_> = flaws.into_iter().filter_map(Checked::err).collect();
    if !flaws.is_empty() {
        return Err(Error::validation(flaws));
    }
    let hash = email_hash(secrets, &email)?;
    let known = accounts::credentials(&mut *pool.get().await?, &hash).await?;
    let (account_id, password_hash) = known.map_or((None, None), |known| (Some(known.id), known.password_hash));
    let verdict = hasher.verify(password.clone(), password_hash.clone()).await?;
    let (Some(account_id), true) = (account_id, verdict.matches) else { return Err(bad_credentials()) };
    let rehashed = if verdict.outdated { Some(hasher.hash(password).await?) } else { None };
    journal
        .write(async |tx| {
            // While the hash was computed, the password may have been changed.
            let (account, now_hash) = accounts::lock(tx.conn, account_id).await?.ok_or_else(bad_credentials)?;
            if now_hash != password_hash {
                return Err(bad_credentials());
            }
            if let Some(rehashed) = &rehashed {
                accounts::rehash(tx.conn, account_id, rehashed).await?;
            }
            begin(tx, tokens, &account).await
        })
        .await
}

fn bad_credentials() -> Error {
    Error::new(Code::BadCredentials, "E-mail and password do not belong together.")
}

/// Begins a session for an account.
pub async fn begin(tx: &mut Tx<'_>, tokens: &Tokens, account: &AccountRow) -> Result<Session> {
    let (id, refresh_token) = (tx.id(), random_token()?);
    let expires_at = tx.now + tokens.session();
    let row = NewSession {
        id,
        account_id: account.id,
        created_at: tx.now,
        expires_at,
        proven_at: tx.now,
        second_factor_at: None,
        network_hash: None,
    };
    queries::insert(tx.conn, &row).await?;
    hand_out(tx, id, &refresh_token).await?;
    document(tokens, account.id, id, account.role, refresh_token)
}

async fn hand_out(tx: &mut Tx<'_>, session_id: Uuid, refresh_token: &str) -> Result<()> {
    let row = NewRefreshToken { token_hash: token_hash(refresh_token), session_id, issued_at: tx.now };
    queries::insert_token(tx.conn, &row).await?;
    Ok(())
}

fn document(tokens: &Tokens, account_id: Uuid, id: Uuid, role: Role, refresh_token: String) -> Result<Session> {
    let access_token = tokens.issue(account_id, id, role)?;
    Ok(Session { id, access_token, token_type: TokenType::Bearer, expires_in: tokens.access_seconds(), refresh_token })
}

/// Keeps a session going: the token shown, for a new one.
pub async fn refresh(journal: &Journal, tokens: &Tokens, shown: &str) -> Result<Session> {
    let refreshed = journal
        .write(async |tx| {
            let hash = token_hash(shown);
            let Some(token) = queries::lock_shown(tx.conn, &hash, tx.now).await? else { return Ok(None) };
            let successor = tokens.successor(shown)?;
            if !step(tx, &token, &hash, &successor).await? {
                end(tx, token.account_id, token.session_id, "reuse").await?;
                return Ok(None);
            }
            let role = queries::role(tx.conn, token.session_id, token.account_id, tx.now).await?;
            let role = Role::try_from(role.unwrap_or_default()).map_err(Error::internal)?;
            document(tokens, token.account_id, token.session_id, role, successor).map(Some)
        })
        .await?;
    // Said only now: that a session was ended must be committed, not rolled back.
    refreshed.ok_or_else(|| Error::new(Code::BadRefreshToken, "The refresh token is not good any more."))
}

/// Moves the family on to `successor`, or finds it there already. False when the token was used before.
async fn step(tx: &mut Tx<'_>, token: &ShownToken, hash: &[u8], successor: &str) -> Result<bool> {
    match token.used_at {
        None => {
            queries::mark_used(tx.conn, hash, tx.now).await?;
            hand_out(tx, token.session_id, successor).await?;
            Ok(true)
        }
        Some(used_at) if tx.now - used_at <= REFRESH_GRACE => {
            Ok(queries::is_unused(tx.conn, &token_hash(successor)).await?)
        }
        Some(_) => Ok(false),
    }
}

/// Ends one session of an account. False when it is not alive, or not the account's.
pub async fn end(tx: &mut Tx<'_>, account_id: Uuid, session_id: Uuid, by: &str) -> Result<bool> {
    if queries::end(tx.conn, account_id, session_id, by, tx.now).await? == 0 {
        return Ok(false);
    }
    let version = accounts::revision(tx.conn, account_id).await?;
    tx.append(Event {
        kind: "session.ended",
        stream: account_id,
        version,
        tags: vec![format!("account:{account_id}")],
        data: json!({ "account_id": account_id, "session_id": session_id }),
        actor_id: Some(account_id),
    });
    Ok(true)
}
