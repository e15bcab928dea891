//! The keys that sign access tokens: Ed25519, made at the first start, kept sealed, changed by command.
//!
//! A new key is published before it signs and an old one goes on checking after it has stopped, so that nobody who
//! follows the key set ever meets a token of a key that is unknown or gone.

use super::{
    queries::keys as queries,
    types::{KeySet, PublicKey, SigningKeyRow},
};
use crate::{
    audit::{self, Entry},
    clock::Clock,
    db::{Conn, transaction},
    error::{Error, Result},
    events::{Event, Tx},
    secrets::{Purpose, Secrets},
};
use aws_lc_rs::{rand::SystemRandom, signature::Ed25519KeyPair};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey,
    crypto::aws_lc::DEFAULT_PROVIDER,
    jwk::{AlgorithmParameters, Jwk, ThumbprintHash},
};
use serde_json::json;
use uuid::Uuid;

/// How long a new key is published before it signs: longer than anybody keeps our key set.
const OVERLAP: TimeDelta = TimeDelta::minutes(10);

/// How long a key goes on checking after the last token it signed has expired.
const MARGIN: TimeDelta = TimeDelta::minutes(1);

/// What touches the key set.
pub const TAG: &str = "jwks";

/// The keys of this publication as they were last read.
pub struct Keys(Vec<Key>);

struct Key {
    kid: String,
    signs_from: DateTime<Utc>,
    retired_at: Option<DateTime<Utc>>,
    private: EncodingKey,
    public: DecodingKey,
    published: PublicKey,
}

/// When a key stops, at its rotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rotation {
    /// When everybody knows the new one, and the last token of the old one has expired.
    WithOverlap,
    /// Now: somebody else may have the old one. Every access token is refused until its session is refreshed.
    AtOnce,
}

impl Keys {
    /// Reads the keys, and makes the first one if there is none yet. Nodes that start together agree on it.
    ///
    /// # Errors
    /// When the database is away, or the keys were sealed with another secret.
    pub async fn load(conn: &mut Conn, secrets: &Secrets, clock: &Clock) -> Result<Self> {
        // Without this, another crate that enables jsonwebtoken's other backend would make every call panic.
        // That it has been done before is no error.
        let _ = DEFAULT_PROVIDER.install_default();
        let now = clock.now();
        let rows = transaction(conn, async |conn| {
            queries::lock(conn).await?;
            let rows = queries::in_use(conn, now).await?;
            if !rows.is_empty() {
                return Ok(rows);
            }
            let first = generate(secrets, now, now)?;
            queries::insert(conn, &first).await?;
            Ok(vec![first])
        })
        .await?;
        Self::read(secrets, rows)
    }

    fn read(secrets: &Secrets, rows: Vec<SigningKeyRow>) -> Result<Self> {
        let keys = rows.into_iter().map(|row| {
            let SigningKeyRow { kid, private_sealed, signs_from, retired_at, .. } = row;
            let private =
                EncodingKey::from_ed_der(&secrets.open(Purpose::SigningKey, kid.as_bytes(), &private_sealed)?);
            let x = public_half(&private)?.0;
            let public = DecodingKey::from_ed_components(&x).map_err(Error::internal)?;
            let published = PublicKey { kty: "OKP", crv: "Ed25519", purpose: "sig", alg: "EdDSA", kid: kid.clone(), x };
            Ok(Key { kid, signs_from, retired_at, private, public, published })
        });
        Ok(Self(keys.collect::<Result<_>>()?))
    }

    /// Whether these are the same keys.
    #[must_use]
    pub fn same_as(&self, other: &Self) -> bool {
        self.0.iter().map(|key| &key.kid).eq(other.0.iter().map(|key| &key.kid))
    }

    fn good(&self, now: DateTime<Utc>) -> impl Iterator<Item = &Key> {
        self.0.iter().filter(move |key| key.retired_at.is_none_or(|retired_at| now < retired_at))
    }

    /// The newest key that signs already, by its name.
    ///
    /// # Errors
    /// When there is none, which only happens if somebody took it out of the database.
    pub fn signing(&self, now: DateTime<Utc>) -> Result<(&str, &EncodingKey)> {
        let ready = self.good(now).filter(|key| key.signs_from <= now);
        let newest = ready.max_by_key(|key| key.signs_from);
        let key = newest.ok_or_else(|| Error::internal(anyhow::anyhow!("there is no key to sign with")))?;
        Ok((&key.kid, &key.private))
    }

    /// The key with this name, if what it signed is still good.
    #[must_use]
    pub fn verifying(&self, kid: &str, now: DateTime<Utc>) -> Option<&DecodingKey> {
        self.good(now).find(|key| key.kid == kid).map(|key| &key.public)
    }

    /// The public halves of all that are good, and of those that will be.
    #[must_use]
    pub fn published(&self, now: DateTime<Utc>) -> KeySet {
        KeySet { keys: self.good(now).map(|key| key.published.clone()).collect() }
    }
}

/// Makes a new key and says when the present ones stop. Returns the new one's name.
///
/// # Errors
/// When the database is away.
pub async fn rotate_keys(
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    rotation: Rotation,
    token_life: TimeDelta,
) -> Result<String> {
    queries::lock(tx.conn).await?;
    let (signs_from, retired_at) = match rotation {
        Rotation::WithOverlap => (tx.now + OVERLAP, tx.now + OVERLAP + token_life + MARGIN),
        Rotation::AtOnce => (tx.now, tx.now),
    };
    queries::retire(tx.conn, retired_at).await?;
    let new = generate(secrets, tx.now, signs_from)?;
    queries::insert(tx.conn, &new).await?;
    let (kid, at_once) = (new.kid, rotation == Rotation::AtOnce);
    let data = json!({ "kid": kid, "at_once": at_once });
    tx.append(Event {
        kind: "keys.rotated",
        stream: Uuid::nil(),
        version: tx.now.timestamp_micros(),
        tags: vec![TAG.into()],
        data: data.clone(),
        actor_id: None,
    });
    let entry = Entry { kind: "keys.rotated", actor_id: None, subject_id: None, network_hash: None, data };
    audit::record(tx, entry).await?;
    Ok(kid)
}

fn generate(secrets: &Secrets, created_at: DateTime<Utc>, signs_from: DateTime<Utc>) -> Result<SigningKeyRow> {
    // Version 1 of PKCS #8: jsonwebtoken does not read the public half out of a version 2.
    let private = Ed25519KeyPair::generate_pkcs8v1(&SystemRandom::new()).map_err(Error::internal)?;
    let (_, kid) = public_half(&EncodingKey::from_ed_der(private.as_ref()))?;
    let private_sealed = secrets.seal(Purpose::SigningKey, kid.as_bytes(), private.as_ref())?;
    Ok(SigningKeyRow { kid, private_sealed, created_at, signs_from, retired_at: None })
}

/// The public half, base64url, and its thumbprint (RFC 7638, RFC 8037 appendix A.3).
fn public_half(private: &EncodingKey) -> Result<(String, String)> {
    let jwk = Jwk::from_encoding_key(private, Algorithm::EdDSA).map_err(Error::internal)?;
    let thumbprint = jwk.thumbprint(ThumbprintHash::SHA256).map_err(Error::internal)?;
    match jwk.algorithm {
        AlgorithmParameters::OctetKeyPair(pair) if URL_SAFE_NO_PAD.decode(&pair.x).is_ok() => Ok((pair.x, thumbprint)),
        _ => Err(Error::internal(anyhow::anyhow!("a signing key is not an Ed25519 key"))),
    }
}
