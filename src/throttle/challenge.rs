//! Work that the client of a newcomer does before the newcomer is let in. It takes no eyes, no ears and nobody else's
//! server: a program looks for a number, and its person notices nothing but a moment.

use super::{
    queries,
    types::{IssuedChallenge, SolvedChallenge},
};
use crate::{
    db::Conn,
    error::{Code, Error, Field, Result},
    secrets::{Purpose, Secrets, random_bytes, sha256},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};

/// How long a challenge may wait for what a person writes meanwhile.
pub const VALID: TimeDelta = TimeDelta::minutes(30);

/// The longest nonce, in bytes.
pub const NONCE_MAX: usize = 64;

/// Id, two times in milliseconds, bits, keyed hash.
const TOKEN_BYTES: usize = 16 + 8 + 8 + 1 + 32;

/// A challenge. It is kept nowhere: its token holds all of it, with a keyed hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Challenge {
    id: [u8; 16],
    not_before: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    bits: u8,
}

impl Challenge {
    /// A new one, which is good only after so many seconds.
    ///
    /// # Errors
    /// Only if the system has no randomness to give.
    pub fn new(now: DateTime<Utc>, bits: u8, seconds: u32) -> Result<Self> {
        let whole = |time: DateTime<Utc>| DateTime::from_timestamp_millis(time.timestamp_millis()).unwrap_or(time);
        let not_before = whole(now + TimeDelta::seconds(seconds.into()));
        Ok(Self { id: *random_bytes()?, not_before, expires_at: whole(now + VALID), bits })
    }

    /// As a client gets it.
    ///
    /// # Errors
    /// Only if the cryptographic library fails.
    pub fn issue(&self, secrets: &Secrets) -> Result<IssuedChallenge> {
        let claims = self.claims();
        let tag = secrets.mac(Purpose::Challenge, &claims)?;
        Ok(IssuedChallenge {
            challenge: URL_SAFE_NO_PAD.encode([claims, tag.to_vec()].concat()),
            algorithm: "sha-256",
            bits: self.bits,
            not_before: self.not_before,
            expires_at: self.expires_at,
        })
    }

    /// The challenge that is met by what a client sends. Whether it was used before is asked by [`use_up`].
    ///
    /// # Errors
    /// [`Code::ChallengeFailed`]: `unknown` for what this server did not make, `too_early`, `expired`, `wrong`.
    pub fn met(secrets: &Secrets, now: DateTime<Utc>, solved: &SolvedChallenge) -> Result<Self> {
        let challenge =
            Self::read(secrets, &solved.token)?.ok_or_else(|| failed("unknown", "is no challenge of this server"))?;
        if now < challenge.not_before {
            return Err(failed("too_early", "was not to be sent before its not_before"));
        }
        if now >= challenge.expires_at {
            return Err(failed("expired", "was to be sent before its expires_at"));
        }
        let printable = solved.nonce.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        if solved.nonce.len() > NONCE_MAX || !printable {
            return Err(failed("wrong", "has a nonce that is not at most 64 printable ASCII characters"));
        }
        let hash = sha256(format!("{}.{}", solved.token, solved.nonce).as_bytes());
        if leading_zeros(&hash) < challenge.bits.into() {
            return Err(failed("wrong", "has a nonce whose hash does not begin with enough zero bits"));
        }
        Ok(challenge)
    }

    fn read(secrets: &Secrets, token: &str) -> Result<Option<Self>> {
        // Whatever the length, no more is decoded than a token can be long.
        if token.len() != TOKEN_BYTES.saturating_mul(4).div_ceil(3) {
            return Ok(None);
        }
        let bytes = URL_SAFE_NO_PAD.decode(token).unwrap_or_default();
        let Some((claims, tag)) = bytes.split_last_chunk::<32>() else { return Ok(None) };
        if !secrets.mac_matches(Purpose::Challenge, claims, tag)? {
            return Ok(None);
        }
        Ok(Self::parse(claims))
    }

    fn claims(&self) -> Vec<u8> {
        let times = [self.not_before, self.expires_at].map(|time| time.timestamp_millis().to_be_bytes());
        [self.id.as_slice(), times.as_flattened(), &[self.bits]].concat()
    }

    fn parse(claims: &[u8]) -> Option<Self> {
        let (id, rest) = claims.split_first_chunk::<16>()?;
        let (not_before, rest) = rest.split_first_chunk::<8>()?;
        let (expires_at, rest) = rest.split_first_chunk::<8>()?;
        let [bits] = *rest else { return None };
        let time = |bytes: &[u8; 8]| DateTime::from_timestamp_millis(i64::from_be_bytes(*bytes));
        Some(Self { id: *id, not_before: time(not_before)?, expires_at: time(expires_at)?, bits })
    }
}

/// Uses challenges up, all in one statement. Returns for each whether this is its first use; of two that are the same
/// it is the first one's. A use that does not commit is none.
///
/// # Errors
/// When the database is away.
pub async fn use_up(conn: &mut Conn, challenges: &[Challenge]) -> Result<Vec<bool>> {
    if challenges.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows: Vec<(Vec<u8>, DateTime<Utc>)> =
        challenges.iter().map(|challenge| (challenge.id.to_vec(), challenge.expires_at)).collect();
    // Whoever uses several takes them in this order, so that two never wait for each other.
    rows.sort_unstable();
    rows.dedup();
    let mut fresh = queries::use_challenges(conn, &rows).await?;
    let mut first = |challenge: &Challenge| {
        let at = fresh.iter().position(|id| *id == challenge.id);
        at.map(|at| fresh.swap_remove(at)).is_some()
    };
    Ok(challenges.iter().map(&mut first).collect())
}

/// What a newcomer is told whose client has done no work.
#[must_use]
pub fn required() -> Error {
    let detail = "Many new guests have come from your network. Get a challenge from POST /v1/challenges, meet it, and \
                  send this again with it.";
    let field = Field::body("/challenge", "required", "must be given by new guests of your network");
    Error::new(Code::ChallengeRequired, detail).at(field)
}

/// What is told of a challenge that was used before.
#[must_use]
pub fn used() -> Error {
    failed("used", "was used before; each is good once")
}

fn failed(code: &'static str, detail: &'static str) -> Error {
    Error::new(Code::ChallengeFailed, "The challenge is not met; get another one from POST /v1/challenges.")
        .at(Field::body("/challenge", code, detail))
}

fn leading_zeros(hash: &[u8]) -> u32 {
    let zeros = hash.iter().take_while(|byte| **byte == 0);
    let after = hash.iter().find(|byte| **byte != 0);
    zeros.map(|_| u8::BITS).sum::<u32>() + after.map_or(0, |byte| byte.leading_zeros())
}

#[cfg(test)]
mod tests;
