//! The keys that sign access tokens: Ed25519, made at the first start, kept sealed.

use super::{
    queries::keys as queries,
    types::{KeySet, PublicKey, SigningKeyRow},
};
use crate::{
    clock::Clock,
    db::{Conn, transaction},
    error::{Error, Result},
    secrets::{Purpose, Secrets},
};
use aws_lc_rs::{rand::SystemRandom, signature::Ed25519KeyPair};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey,
    crypto::aws_lc::DEFAULT_PROVIDER,
    jwk::{AlgorithmParameters, Jwk, ThumbprintHash},
};
use std::collections::HashMap;

/// The keys of this publication, as they were when the process started.
pub struct Keys {
    /// The newest, by its name.
    pub signing: (String, EncodingKey),
    /// All that have not been retired, by name.
    pub verifying: HashMap<String, DecodingKey>,
    /// The same, to be published.
    pub published: KeySet,
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
        let rows = transaction(conn, async |conn| {
            queries::lock(conn).await?;
            let rows = queries::in_use(conn).await?;
            if !rows.is_empty() {
                return Ok(rows);
            }
            let first = generate(secrets, clock)?;
            queries::insert(conn, &first).await?;
            Ok(vec![first])
        })
        .await?;
        Self::read(secrets, &rows)
    }

    /// `rows` are the newest first.
    fn read(secrets: &Secrets, rows: &[SigningKeyRow]) -> Result<Self> {
        let mut signing = None;
        let (mut verifying, mut published) = (HashMap::new(), KeySet { keys: Vec::new() });
        for row in rows {
            let private = secrets.open(Purpose::SigningKey, row.kid.as_bytes(), &row.private_sealed)?;
            let private = EncodingKey::from_ed_der(&private);
            let x = public_half(&private)?.0;
            verifying.insert(row.kid.clone(), DecodingKey::from_ed_components(&x).map_err(Error::internal)?);
            let key = PublicKey { kty: "OKP", crv: "Ed25519", purpose: "sig", alg: "EdDSA", kid: row.kid.clone(), x };
            published.keys.push(key);
            signing = signing.or_else(|| Some((row.kid.clone(), private)));
        }
        let signing = signing.ok_or_else(|| Error::internal(anyhow::anyhow!("there is no key to sign with")))?;
        Ok(Self { signing, verifying, published })
    }
}

fn generate(secrets: &Secrets, clock: &Clock) -> Result<SigningKeyRow> {
    // Version 1 of PKCS #8: jsonwebtoken does not read the public half out of a version 2.
    let private = Ed25519KeyPair::generate_pkcs8v1(&SystemRandom::new()).map_err(Error::internal)?;
    let (_, kid) = public_half(&EncodingKey::from_ed_der(private.as_ref()))?;
    let private_sealed = secrets.seal(Purpose::SigningKey, kid.as_bytes(), private.as_ref())?;
    let now = clock.now();
    Ok(SigningKeyRow { kid, private_sealed, created_at: now, signs_from: now })
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
