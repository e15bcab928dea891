//! Asking an issuer for its keys (OpenID Connect Discovery 1.0 §4, RFC 7517).
//!
//! Everything about the answer is bounded, and nothing a token says leads anywhere.

use super::configuration::{address, on_this_machine};
use anyhow::{Context, Result, ensure};
use jsonwebtoken::{
    Algorithm, DecodingKey,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyOperations, PublicKeyUse},
};
use reqwest::{Client, Url, redirect::Policy};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use std::{collections::HashMap, time::Duration};

/// The longest document that is read, bytes.
const MAX_BYTES: usize = 256 * 1024;

/// How long an issuer may take for all that it is asked at once.
pub const TIMEOUT: Duration = Duration::from_secs(5);

/// Keys by their names.
pub type KeySet = HashMap<String, DecodingKey>;

#[derive(Deserialize)]
struct Discovery {
    issuer: String,
    jwks_uri: String,
}

#[derive(Deserialize)]
struct Published {
    keys: Vec<Value>,
}

/// Who asks. It goes straight where it is sent: no redirect, no proxy of the environment, no connection kept.
pub fn client() -> Result<Client> {
    let client = Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .referer(false)
        .user_agent("colloquy")
        .connect_timeout(Duration::from_secs(2))
        .pool_max_idle_per_host(0);
    client.build().context("no client for issuers can be built")
}

/// The keys of an issuer that are good for its algorithm.
pub async fn fetch(client: &Client, issuer: &str, algorithm: Algorithm) -> Result<KeySet> {
    let found = async {
        let discovery = discover(client, issuer).await.context("discovery")?;
        let Published { keys } = get(client, discovery).await.context("jwks_uri")?;
        Ok::<_, anyhow::Error>(usable(keys, algorithm))
    };
    let keys = tokio::time::timeout(TIMEOUT, found).await.ok().context("takes more than five seconds")??;
    ensure!(!keys.is_empty(), "publishes no key for {algorithm:?}");
    Ok(keys)
}

/// Where the keys are.
async fn discover(client: &Client, issuer: &str) -> Result<Url> {
    let url = address(&format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/')))?;
    let on_our_machine = on_this_machine(&url);
    let Discovery { issuer: named, jwks_uri } = get(client, url).await?;
    // Byte for byte (OpenID Connect Discovery 1.0 §4.3): otherwise one tenant could speak for another.
    ensure!(named == issuer, "the document is of another issuer");
    // Nobody out there sends us to an address in here. What it said is not repeated: it may be long.
    let jwks_uri = address(&jwks_uri).ok().filter(|uri| on_our_machine || uri.scheme() == "https");
    jwks_uri.context("its jwks_uri does not begin with https://")
}

async fn get<T: DeserializeOwned>(client: &Client, url: Url) -> Result<T> {
    let mut response = client.get(url).send().await?;
    ensure!(response.status() == 200, "answers {}", response.status());
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        ensure!(bytes.len() + chunk.len() <= MAX_BYTES, "has more than {MAX_BYTES} bytes");
        bytes.extend_from_slice(&chunk);
    }
    Ok(serde_json::from_slice(&bytes)?)
}

/// Of the published keys those that have a name and are good for this algorithm. One that we do not understand is no
/// reason not to take the others; of two with one name the first counts.
fn usable(published: Vec<Value>, algorithm: Algorithm) -> KeySet {
    let mut keys = KeySet::new();
    for jwk in published.into_iter().filter_map(|key| serde_json::from_value::<Jwk>(key).ok()) {
        let (true, Some(kid)) = (is_for(&jwk, algorithm), &jwk.common.key_id) else { continue };
        if let Ok(key) = DecodingKey::from_jwk(&jwk) {
            keys.entry(kid.clone()).or_insert(key);
        }
    }
    keys
}

/// One key, one algorithm (RFC 8725 §3.1), and for signatures only.
fn is_for(jwk: &Jwk, algorithm: Algorithm) -> bool {
    let common = &jwk.common;
    let kind = match &jwk.algorithm {
        AlgorithmParameters::RSA(_) => matches!(algorithm, Algorithm::RS256 | Algorithm::PS256),
        AlgorithmParameters::EllipticCurve(key) => algorithm == Algorithm::ES256 && key.curve == EllipticCurve::P256,
        AlgorithmParameters::OctetKeyPair(key) => algorithm == Algorithm::EdDSA && key.curve == EllipticCurve::Ed25519,
        _ => false,
    };
    kind && common.key_algorithm.is_none_or(|named| named == algorithm.into())
        && common.public_key_use.as_ref().is_none_or(|purpose| *purpose == PublicKeyUse::Signature)
        && common.key_operations.as_ref().is_none_or(|allowed| allowed.contains(&KeyOperations::Verify))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The example of RFC 8037 appendix A.2, with other members.
    fn ed25519(members: &Value) -> Value {
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        let mut key = json!({ "kty": "OKP", "crv": "Ed25519", "x": x, "kid": "1" });
        key.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        key
    }

    #[test]
    fn keys_for_something_else_are_not_taken() {
        let names = |keys: Vec<Value>| usable(keys, Algorithm::EdDSA).into_keys().collect::<Vec<_>>();
        for good in [json!({}), json!({ "use": "sig", "alg": "EdDSA", "key_ops": ["verify"], "x5u": "http://x/" })] {
            assert_eq!(names(vec![ed25519(&good)]), ["1"], "{good}");
        }
        let others = [
            json!({ "use": "enc" }),
            json!({ "alg": "ES256" }),
            json!({ "alg": "HS256" }),
            json!({ "key_ops": ["encrypt"] }),
            json!({ "kid": null }),
            json!({ "crv": "X25519" }),
            json!({ "kty": "quantum" }),
            json!({ "kty": "oct", "k": "c2VjcmV0" }),
        ];
        for other in others {
            assert_eq!(names(vec![ed25519(&other)]), [""; 0], "{other}");
            assert_eq!(names(vec![ed25519(&other), ed25519(&json!({ "kid": "2" }))]), ["2"], "{other}");
        }
    }
}
