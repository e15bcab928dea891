//! What another issuer's access token says, and whether it may be believed (RFC 9068 §4, RFC 8725).

use super::{configuration::Trusted, key_source::KeySource};
use crate::{
    error::{Error, Result},
    http::actor::unauthenticated,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use jsonwebtoken::{Header, Validation, decode, decode_header};
use serde::Deserialize;
use serde_json::{Map, Value};

/// Seconds by which an issuer's clock and ours may differ.
const LEEWAY: i64 = 5;

/// The longest name of a key that is looked up, bytes.
const MAX_KID_BYTES: usize = 256;

/// The longest subject (OpenID Connect Core 1.0 §2), bytes.
const MAX_SUBJECT_BYTES: usize = 255;

/// Somebody as the issuer knows them.
pub struct Person {
    /// Their name there, which never changes.
    pub subject: String,
    /// When the token was made.
    pub issued_at: DateTime<Utc>,
    /// When they last proved who they are.
    pub proven_at: DateTime<Utc>,
    /// What they are called, if it says so.
    pub name: Option<String>,
    /// Their address, if the issuer has verified it.
    pub email: Option<String>,
}

/// The claims without which a token is not good are typed: what is not a number does not count as absent.
#[derive(Deserialize)]
struct Claims {
    sub: String,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    auth_time: Option<i64>,
    #[serde(flatten)]
    others: Map<String, Value>,
}

/// The error for every token that is not good.
pub fn bad() -> Error {
    unauthenticated("The access token is not valid.")
}

/// Whom a token names as its issuer. Nothing of it has been checked.
pub fn unverified_issuer(token: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Named {
        iss: String,
    }
    let payload = token.split('.').nth(1)?;
    let payload = URL_SAFE_NO_PAD.decode(payload).ok()?;
    serde_json::from_slice::<Named>(&payload).ok().map(|named| named.iss)
}

/// Who a token is about, if it is one of this issuer, for us, and good now.
pub async fn verify(trusted: &Trusted, keys: &KeySource, token: &str, now: DateTime<Utc>) -> Result<Person> {
    let header = decode_header(token).map_err(|_| bad())?;
    // Before a key is asked for, so that nonsense does not make us look for one.
    if header.alg != trusted.algorithm || !is_of_type(&header, trusted.token_type.as_deref()) || header.crit.is_some() {
        return Err(bad());
    }
    // The header is only asked for a name to look up among the issuer's published keys; whatever it says of keys
    // elsewhere (jku, jwk, x5u) is not looked at.
    let kid = header.kid.filter(|kid| kid.len() <= MAX_KID_BYTES).ok_or_else(bad)?;
    let key = keys.key(&kid).await?;
    let claims = decode::<Claims>(token, &key, &validation(trusted)).map_err(|_| bad())?.claims;
    if claims.exp.saturating_add(LEEWAY) <= now.timestamp() {
        return Err(unauthenticated("The access token has expired."));
    }
    let latest = now.timestamp() + LEEWAY;
    let too_early = claims.iat > latest || claims.nbf.is_some_and(|nbf| nbf > latest);
    if too_early || claims.sub.is_empty() || claims.sub.len() > MAX_SUBJECT_BYTES {
        return Err(bad());
    }
    claims.person(trusted)
}

/// The media type may be written in full (RFC 7515 §4.1.9), and in any case.
fn is_of_type(header: &Header, wanted: Option<&str>) -> bool {
    let written = header.typ.as_ref().map(|typ| typ.to_ascii_lowercase());
    let written = written.as_deref().map(|typ| typ.strip_prefix("application/").unwrap_or(typ));
    written == wanted.map(str::to_ascii_lowercase).as_deref()
}

fn validation(trusted: &Trusted) -> Validation {
    let mut validation = Validation::new(trusted.algorithm);
    validation.set_issuer(&[&trusted.issuer]);
    validation.set_audience(&[&trusted.audience]);
    validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
    // The library would ask the system's clock; ours is asked above.
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation
}

impl Claims {
    fn person(mut self, trusted: &Trusted) -> Result<Person> {
        let time = |seconds| DateTime::from_timestamp(seconds, 0).ok_or_else(bad);
        let verified = self.others.get("email_verified") == Some(&Value::Bool(true));
        let email = trusted.email_claim.as_ref().filter(|_| verified).and_then(|claim| self.others.remove(claim));
        let name = self.others.remove(&trusted.name_claim);
        Ok(Person {
            subject: self.sub,
            issued_at: time(self.iat)?,
            // Nobody proved who they are after the token was made.
            proven_at: time(self.auth_time.unwrap_or(self.iat).min(self.iat))?,
            name: name.and_then(text),
            email: email.and_then(text),
        })
    }
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}
