//! Access tokens (JWT, RFC 9068) and refresh tokens.

use super::{keys::Keys, types::KeySet};
use crate::{
    clock::Clock,
    config::Settings,
    error::{Error, Result},
    http::{actor::unauthenticated, permission::Role},
    secrets::{Purpose, Secrets, sha256},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, Header, TokenData, Validation, decode, decode_header, encode};
use moka::sync::Cache;
use serde::{Deserialize, Serialize};
use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};
use uuid::Uuid;

/// What kind of token it is, so that no other kind is taken for it (RFC 9068 §2.1).
const KIND: &str = "at+jwt";

/// Seconds by which the clocks of two nodes may differ.
const LEEWAY: i64 = 5;

/// Makes and reads tokens, for the whole process. Cloning gives the same.
#[derive(Clone)]
pub struct Tokens(Arc<Inner>);

struct Inner {
    keys: RwLock<Arc<Keys>>,
    /// Tokens whose signatures were found good, by their hashes: looking again costs as much as everything else about a
    /// small request.
    seen: Cache<Vec<u8>, Arc<Seen>>,
    secrets: Secrets,
    clock: Clock,
    issuer: String,
    validation: Validation,
    access_seconds: u32,
    /// Roles that act only with a second factor.
    guarded: Vec<Role>,
    session: TimeDelta,
    idle: TimeDelta,
}

/// A token whose signature is good.
struct Seen {
    kid: String,
    claims: Claims,
}

/// Tokens that are remembered at most.
const REMEMBERED: u64 = 20_000;

/// What an access token says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    /// Who made it: the public address of this API.
    pub iss: String,
    /// For whom: the same.
    pub aud: String,
    /// The account.
    pub sub: Uuid,
    /// The session.
    pub sid: Uuid,
    /// This token.
    pub jti: Uuid,
    /// The role in which the account acted then. Whoever trusts it alone learns of a change when the token expires.
    pub role: Role,
    /// When it was made, seconds since 1970.
    pub iat: i64,
    /// From when on it is good.
    pub nbf: i64,
    /// Until when.
    pub exp: i64,
}

impl Tokens {
    /// Tokens of the publication at [`Settings::public_url`].
    #[must_use]
    pub fn new(keys: Keys, settings: &Settings, secrets: Secrets, clock: Clock) -> Self {
        let issuer = settings.public_url();
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[&issuer]);
        validation.set_audience(&[&issuer]);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp", "nbf"]);
        // The library would ask the system's clock; ours is asked below. That `exp` is a number is seen when the
        // claims are read.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        let days = |days: u32| TimeDelta::days(days.into());
        Self(Arc::new(Inner {
            keys: RwLock::new(Arc::new(keys)),
            seen: Cache::builder()
                .max_capacity(REMEMBERED)
                .time_to_live(Duration::from_secs(settings.access_token_seconds.into()))
                .build(),
            secrets,
            clock,
            issuer,
            validation,
            access_seconds: settings.access_token_seconds,
            guarded: settings.second_factor_roles().filter_map(|role| Role::try_from(role.to_owned()).ok()).collect(),
            session: days(settings.session_days),
            idle: days(settings.session_idle_days),
        }))
    }

    /// A new access token.
    ///
    /// # Errors
    /// Only if the cryptographic library fails.
    pub fn issue(&self, account_id: Uuid, session_id: Uuid, role: Role) -> Result<String> {
        let Inner { clock, issuer, access_seconds, .. } = &*self.0;
        let (keys, now) = (self.keys(), clock.now());
        let (kid, key) = keys.signing(now)?;
        let now = now.timestamp();
        let claims = Claims {
            iss: issuer.clone(),
            aud: issuer.clone(),
            sub: account_id,
            sid: session_id,
            jti: clock.id(),
            role,
            iat: now,
            nbf: now,
            exp: now + i64::from(*access_seconds),
        };
        let header = Header { typ: Some(KIND.into()), kid: Some(kid.into()), ..Header::new(Algorithm::EdDSA) };
        encode(&header, &claims, key).map_err(Error::internal)
    }

    /// What a token says, if it is ours and good now. Whether its session is alive is another question.
    ///
    /// # Errors
    /// [`Code::Unauthenticated`](crate::error::Code::Unauthenticated).
    pub fn verify(&self, token: &str) -> Result<Claims> {
        let (keys, hash, now) = (self.keys(), sha256(token.as_bytes()), self.0.clock.now());
        // A key that was taken out of use takes its tokens with it.
        let seen = self.0.seen.get(&hash).filter(|seen| keys.verifying(&seen.kid, now).is_some());
        let seen = if let Some(seen) = seen {
            seen
        } else {
            let seen = Arc::new(self.look_at(&keys, token, now)?);
            self.0.seen.insert(hash, Arc::clone(&seen));
            seen
        };
        let now = now.timestamp();
        if seen.claims.exp.saturating_add(LEEWAY) <= now {
            return Err(unauthenticated("The access token has expired."));
        }
        if seen.claims.nbf.saturating_sub(LEEWAY) > now { Err(bad()) } else { Ok(seen.claims.clone()) }
    }

    /// Whether we signed it, and for this.
    fn look_at(&self, keys: &Keys, token: &str, now: DateTime<Utc>) -> Result<Seen> {
        // The header is only asked for a name to look up among our own keys; whatever it says of keys elsewhere
        // (jku, jwk, x5u) is not looked at.
        let kid = decode_header(token).ok().and_then(|header| header.kid).ok_or_else(bad)?;
        let key = keys.verifying(&kid, now).ok_or_else(bad)?;
        let TokenData { header, claims } = decode::<Claims>(token, key, &self.0.validation).map_err(|_| bad())?;
        let ours = header.typ.as_deref() == Some(KIND) && header.crit.is_none();
        if ours { Ok(Seen { kid, claims }) } else { Err(bad()) }
    }

    /// The refresh token that follows another. Only whoever holds both the token and our secret can tell it, so
    /// that it can be given again while nothing but hashes is stored.
    ///
    /// # Errors
    /// Only if the cryptographic library fails.
    pub fn successor(&self, refresh_token: &str) -> Result<String> {
        let next = self.0.secrets.mac(Purpose::RefreshToken, refresh_token.as_bytes())?;
        Ok(URL_SAFE_NO_PAD.encode(next))
    }

    /// The clock by which tokens are good.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Seconds that an access token is good.
    #[must_use]
    pub fn access_seconds(&self) -> u32 {
        self.0.access_seconds
    }

    /// Roles that act only with a second factor.
    #[must_use]
    pub fn guarded(&self) -> &[Role] {
        &self.0.guarded
    }

    /// How long a session lasts.
    #[must_use]
    pub fn session(&self) -> TimeDelta {
        self.0.session
    }

    /// How long it lasts while nobody refreshes it (ASVS 7.3.1).
    #[must_use]
    pub fn idle(&self) -> TimeDelta {
        self.0.idle
    }

    /// The public halves of the keys.
    #[must_use]
    pub fn published(&self) -> KeySet {
        self.keys().published(self.0.clock.now())
    }

    /// Goes on with keys that were read anew. True when they are others than before.
    #[must_use]
    pub fn replace_keys(&self, keys: Keys) -> bool {
        let mut present = self.0.keys.write().unwrap_or_else(PoisonError::into_inner);
        let others = !present.same_as(&keys);
        *present = Arc::new(keys);
        others
    }

    fn keys(&self) -> Arc<Keys> {
        Arc::clone(&self.0.keys.read().unwrap_or_else(PoisonError::into_inner))
    }
}

fn bad() -> Error {
    unauthenticated("The access token is not valid.")
}
