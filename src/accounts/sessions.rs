//! Sessions: how they begin, go on and end.
//!
//! A session is a family of refresh tokens, each good once and the secret successor of the one before it. A used
//! token that comes back means that somebody else has it too, and ends the session (RFC 9700 §4.14.2); except for a
//! few seconds while nobody has used its successor, which it then gives again.

use super::{
    authority::acting_role,
    queries::{accounts, identities, sessions as queries},
    rules::REFRESH_GRACE,
    tokens::Tokens,
    types::{AccountRow, NewRefreshToken, NewSession, Session, ShownToken, TokenType},
};
use crate::{
    audit::{self, Entry},
    error::{Code, Error, Result},
    events::{Event, Journal, Tx},
    http::permission::Role,
    secrets::{random_token, token_hash},
};
use serde_json::json;
use uuid::Uuid;

/// How somebody who begins a session proved who they are, and from where.
#[derive(Debug, Clone, Default)]
pub struct Proof {
    /// A second factor was shown.
    pub second_factor: bool,
    /// Keyed hash of the network that the request came from.
    pub network_hash: Option<Vec<u8>>,
}

/// Begins a session for an account.
pub async fn begin(tx: &mut Tx<'_>, tokens: &Tokens, account: &AccountRow, proof: Proof) -> Result<Session> {
    let (id, refresh_token) = (tx.id(), random_token()?);
    let row = NewSession {
        id,
        account_id: account.id,
        created_at: tx.now,
        expires_at: tx.now + tokens.session(),
        proven_at: tx.now,
        second_factor_at: proof.second_factor.then_some(tx.now),
        network_hash: proof.network_hash.clone(),
    };
    queries::insert(tx.conn, &row).await?;
    hand_out(tx, id, &refresh_token).await?;
    let (network_hash, data) = (proof.network_hash, json!({ "session_id": id, "second_factor": proof.second_factor }));
    audit::record(tx, Entry { network_hash, data, ..Entry::own("session.begun", account.id) }).await?;
    let role = acting_role(account.role, proof.second_factor, tokens.guarded());
    document(tokens, account.id, id, role, refresh_token)
}

async fn hand_out(tx: &mut Tx<'_>, session_id: Uuid, refresh_token: &str) -> Result<()> {
    let row = NewRefreshToken { token_hash: token_hash(refresh_token), session_id, issued_at: tx.now };
    queries::insert_token(tx.conn, &row).await?;
    Ok(())
}

fn document(tokens: &Tokens, account_id: Uuid, id: Uuid, role: Role, refresh_token: String) -> Result<Session> {
    let access_token = tokens.issue(account_id, id, role)?;
    let (token_type, expires_in) = (TokenType::Bearer, tokens.access_seconds());
    Ok(Session { id, access_token, token_type, expires_in, refresh_token: Some(refresh_token) })
}

/// Keeps a session going: the token shown, for a new one.
pub async fn refresh(journal: &Journal, tokens: &Tokens, shown: &str) -> Result<Session> {
    let refreshed = journal
        .write(async |tx| {
            let hash = token_hash(shown);
            let Some(token) = queries::lock_shown(tx.conn, &hash, tx.now - tokens.idle(), tx.now).await? else {
                return Ok(None);
            };
            let successor = tokens.successor(shown)?;
            if !step(tx, &token, &hash, &successor).await? {
                end(tx, token.account_id, token.session_id, "reuse").await?;
                return Ok(None);
            }
            let standing = queries::standing(tx.conn, token.session_id, token.account_id, tx.now).await?;
            let standing = standing.ok_or_else(bad_refresh_token)?.read();
            if standing.ban.is_some_and(|ban| ban.holds(tx.now)) {
                return Err(Error::new(Code::Banned, "The account is banned."));
            }
            let role = acting_role(standing.role, standing.second_factor, tokens.guarded());
            document(tokens, token.account_id, token.session_id, role, successor).map(Some)
        })
        .await?;
    // Said only now: that a session was ended must be committed, not rolled back.
    refreshed.ok_or_else(bad_refresh_token)
}

pub fn bad_refresh_token() -> Error {
    Error::new(Code::BadRefreshToken, "The refresh token is not good any more.")
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
    ended(tx, account_id, Some(session_id), by).await?;
    Ok(true)
}

/// Ends the sessions of an account, all or all but one, and whatever it had of other issuers. Returns how many of our
/// own that were.
pub async fn end_all(tx: &mut Tx<'_>, account_id: Uuid, but: Option<Uuid>, by: &str) -> Result<usize> {
    let count = queries::end_all(tx.conn, account_id, but, by, tx.now).await?;
    identities::end_all(tx.conn, account_id, tx.now).await?;
    if count > 0 {
        ended(tx, account_id, None, by).await?;
    }
    Ok(count)
}

/// Tells every node to look anew at what the account may do.
pub async fn touch(tx: &mut Tx<'_>, account_id: Uuid, kind: &'static str) -> Result<()> {
    let version = accounts::revision(tx.conn, account_id).await?;
    tx.append(Event {
        kind,
        stream: account_id,
        version,
        tags: vec![format!("account:{account_id}")],
        data: json!({ "account_id": account_id }),
        actor_id: Some(account_id),
    });
    Ok(())
}

async fn ended(tx: &mut Tx<'_>, account_id: Uuid, session_id: Option<Uuid>, by: &str) -> Result<()> {
    touch(tx, account_id, "session.ended").await?;
    let kind = if by == "reuse" { "session.reuse_detected" } else { "session.ended" };
    let data = json!({ "session_id": session_id, "by": by });
    audit::record(tx, Entry { data, ..Entry::own(kind, account_id) }).await
}
