//! Keyed hashes, sealed values and tokens, all from one master secret.
//!
//! Each purpose has a subkey of its own (HKDF-SHA-256, RFC 5869), so that no value made for one purpose is
//! good for another. Private threads have keys of their own ([`ThreadKey`]), which the settings can part from it.

mod private_keys;
mod thread_key;

pub use thread_key::ThreadKey;

use crate::error::{Error, Result};
use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, RandomizedNonceKey},
    digest::{SHA256, digest},
    hkdf::{HKDF_SHA256, KeyType, Prk, Salt},
    hmac, rand,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use private_keys::PrivateKeys;
use std::{
    fmt,
    sync::{Arc, OnceLock},
};
use zeroize::Zeroizing;

/// The shortest master secret, in bytes (RFC 8725 §3.5, ASVS 11.5.1).
pub const MIN_SECRET_BYTES: usize = 32;

/// What a subkey is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Finding an e-mail address without storing it.
    EmailHash,
    /// Keeping an e-mail address.
    Email,
    /// A mail that waits to be sent.
    Mail,
    /// The private half of a key that signs access tokens.
    SigningKey,
    /// Cursors of lists.
    Cursor,
    /// The secret by which a guest manages the own comments.
    GuestToken,
    /// The link by which somebody wants no more mails of a kind.
    Unsubscription,
    /// Who a guest was who has an account now.
    FormerPerson,
    /// A refresh token out of the one before it.
    RefreshToken,
    /// The secret that an authenticator app shares with us.
    SecondFactor,
    /// The network that a request comes from.
    Network,
    /// Who somebody is at another issuer of tokens.
    Subject,
    /// What an author was called in another system.
    ImportedAuthor,
    /// Counting what somebody does.
    Throttle,
    /// Work that a newcomer's client is asked to do.
    Challenge,
    /// Who wrote what where.
    CommentPrint,
    /// What was said, by whomever.
    TextPrint,
    /// What somebody asked to be handed out of their own.
    Export,
    /// What a coach has begun to answer.
    Draft,
    /// The keys of private threads, where the settings name none for them.
    PrivateThread,
    /// Whether a private request is the one that was sent before.
    PrivateRequest,
}

impl Purpose {
    /// How many there are.
    const COUNT: usize = Self::PrivateRequest as usize + 1;

    const fn label(self) -> &'static [u8] {
        match self {
            Self::EmailHash => b"colloquy/email-hash/1",
            Self::Email => b"colloquy/email/1",
            Self::Mail => b"colloquy/mail/1",
            Self::SigningKey => b"colloquy/signing-key/1",
            Self::Cursor => b"colloquy/cursor/1",
            Self::GuestToken => b"colloquy/guest-token/1",
            Self::Unsubscription => b"colloquy/unsubscription/1",
            Self::FormerPerson => b"colloquy/former-person/1",
            Self::RefreshToken => b"colloquy/refresh-token/1",
            Self::SecondFactor => b"colloquy/second-factor/1",
            Self::Network => b"colloquy/network/1",
            Self::Subject => b"colloquy/subject/1",
            Self::ImportedAuthor => b"colloquy/imported-author/1",
            Self::Throttle => b"colloquy/throttle/1",
            Self::Challenge => b"colloquy/challenge/1",
            Self::CommentPrint => b"colloquy/comment-print/1",
            Self::TextPrint => b"colloquy/text-print/1",
            Self::Export => b"colloquy/export/1",
            Self::Draft => b"colloquy/draft/1",
            Self::PrivateThread => b"colloquy/private-thread/1",
            Self::PrivateRequest => b"colloquy/private-request/1",
        }
    }
}

struct Length;
impl KeyType for Length {
    fn len(&self) -> usize {
        32
    }
}

/// The master secret, and the keys of private threads. They can be used, never read back.
#[derive(Clone)]
pub struct Secrets {
    master: Arc<Prk>,
    /// Each where its purpose has its place, from the first time on that it is asked for.
    subkeys: Arc<[OnceLock<Subkey>]>,
    private_keys: Arc<PrivateKeys>,
}

/// The key of one purpose.
struct Subkey {
    bytes: Zeroizing<[u8; 32]>,
    /// The same, ready for keyed hashes.
    mac: hmac::Key,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(…)")
    }
}

impl Secrets {
    /// Takes the master secret as configured.
    ///
    /// # Errors
    /// When it is shorter than [`MIN_SECRET_BYTES`].
    pub fn new(master: &str) -> anyhow::Result<Self> {
        anyhow::ensure!(
            master.len() >= MIN_SECRET_BYTES,
            "COLLOQUY_SECRET must be at least {MIN_SECRET_BYTES} bytes long"
        );
        // Once: everything that is derived from it begins with this.
        let master = Arc::new(Salt::new(HKDF_SHA256, b"colloquy").extract(master.as_bytes()));
        let subkeys = (0..Purpose::COUNT).map(|_| OnceLock::new()).collect();
        Ok(Self { master, subkeys, private_keys: Arc::default() })
    }

    /// Takes the keys of private threads as configured: `name:key`, comma-separated, the key 32 bytes in base64. The first
    /// seals, all of them open, and so does the one that is derived from the master secret: it is called `secret`, and an entry
    /// that is only this name says where among them it stands.
    ///
    /// # Errors
    /// Names the entry that is not acceptable, never its key.
    pub fn with_private_keys(mut self, keys: &str) -> anyhow::Result<Self> {
        self.private_keys = Arc::new(PrivateKeys::parse(keys)?);
        Ok(self)
    }

    /// Derived once: a post asks for some of them several times.
    fn subkey(&self, purpose: Purpose) -> Result<&Subkey> {
        let known = self.subkeys.get(purpose as usize);
        let known = known.ok_or_else(|| Error::internal(anyhow::anyhow!("{purpose:?} has no place")))?;
        if let Some(subkey) = known.get() {
            return Ok(subkey);
        }
        let mut bytes = Zeroizing::new([0; 32]);
        self.master
            .expand(&[purpose.label()], Length)
            .and_then(|okm| okm.fill(bytes.as_mut()))
            .map_err(Error::internal)?;
        let mac = hmac::Key::new(hmac::HMAC_SHA256, bytes.as_ref());
        Ok(known.get_or_init(|| Subkey { bytes, mac }))
    }

    /// A keyed hash (HMAC-SHA-256): equal inputs give equal hashes, and nobody without the secret can try inputs.
    ///
    /// # Errors
    /// Only if the cryptographic library fails.
    pub fn mac(&self, purpose: Purpose, message: &[u8]) -> Result<[u8; 32]> {
        let mut out = [0; 32];
        out.copy_from_slice(hmac::sign(&self.subkey(purpose)?.mac, message).as_ref());
        Ok(out)
    }

    /// Whether `tag` is the keyed hash of `message`, compared in constant time.
    ///
    /// # Errors
    /// Only if the cryptographic library fails.
    pub fn mac_matches(&self, purpose: Purpose, message: &[u8], tag: &[u8]) -> Result<bool> {
        Ok(hmac::verify(&self.subkey(purpose)?.mac, message, tag).is_ok())
    }

    /// Encrypts a value (AES-256-GCM with a random nonce in front). `bound_to` is not stored, but the value
    /// opens only beside the same, so a sealed value cannot be moved to another row.
    ///
    /// # Errors
    /// Only if the cryptographic library fails.
    pub fn seal(&self, purpose: Purpose, bound_to: &[u8], value: &[u8]) -> Result<Vec<u8>> {
        seal_under(&self.subkey(purpose)?.bytes, bound_to, value)
    }

    /// Decrypts what [`Secrets::seal`] made.
    ///
    /// # Errors
    /// When the value was damaged, was bound to something else, or the secret is another one.
    pub fn open(&self, purpose: Purpose, bound_to: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        open_under(&self.subkey(purpose)?.bytes, bound_to, sealed)?.ok_or_else(|| {
            Error::internal(anyhow::anyhow!("a sealed value ({purpose:?}) does not open: was COLLOQUY_SECRET changed?"))
        })
    }
}

/// AES-256-GCM with a random nonce in front.
fn seal_under(key: &[u8; 32], bound_to: &[u8], value: &[u8]) -> Result<Vec<u8>> {
    let key = RandomizedNonceKey::new(&AES_256_GCM, key).map_err(Error::internal)?;
    let mut sealed = value.to_vec();
    let nonce = key.seal_in_place_append_tag(Aad::from(bound_to), &mut sealed).map_err(Error::internal)?;
    Ok([nonce.as_ref().as_slice(), &sealed].concat())
}

/// What [`seal_under`] sealed; none when it was another key, was bound to something else or is damaged.
fn open_under(key: &[u8; 32], bound_to: &[u8], sealed: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>> {
    let key = RandomizedNonceKey::new(&AES_256_GCM, key).map_err(Error::internal)?;
    let Some((nonce, body)) = sealed.split_first_chunk::<12>() else { return Ok(None) };
    let mut value = Zeroizing::new(body.to_vec());
    let Ok(opened) = key.open_in_place(nonce.into(), Aad::from(bound_to), &mut value) else { return Ok(None) };
    let length = opened.len();
    value.truncate(length);
    Ok(Some(value))
}

/// Random bytes, for a secret.
///
/// # Errors
/// Only if the system has no randomness to give.
pub fn random_bytes<const N: usize>() -> Result<Zeroizing<[u8; N]>> {
    let mut bytes = Zeroizing::new([0; N]);
    #[expect(clippy::disallowed_methods, reason = "the one place where chance enters")]
    rand::fill(bytes.as_mut()).map_err(Error::internal)?;
    Ok(bytes)
}

/// A new secret for somebody to hold: 256 random bits, base64url.
///
/// # Errors
/// Only if the system has no randomness to give.
pub fn random_token() -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(random_bytes::<32>()?.as_ref()))
}

/// How a random token is kept. It has 256 bits of its own, so a plain SHA-256 is enough.
#[must_use]
pub fn token_hash(token: &str) -> Vec<u8> {
    sha256(token.as_bytes())
}

/// SHA-256, for comparing contents.
#[must_use]
pub fn sha256(bytes: &[u8]) -> Vec<u8> {
    digest(&SHA256, bytes).as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by another program. What is kept was made with these keys: with others, nobody would be found by their address.
    #[test]
    fn each_purpose_has_the_key_that_it_always_had() {
        let secrets = Secrets::new("a test secret of more than thirty-two bytes").unwrap();
        for (purpose, hash) in [
            (Purpose::EmailHash, "9e241816a447d240dbc32d0d7d9c0e3f40044e440a77748733b8b32586ca27ea"),
            (Purpose::Network, "0eac5b92970ad28e19881a59ea27999f2bd268259c1ff08861540149be4f6309"),
            (Purpose::PrivateRequest, "d44d4a3e6ff845be84a5dce40d97938ede02ed21bb8630d99ceb85ccdda571d4"),
        ] {
            // Derived, and then known.
            let [mac, again] = [(); 2].map(|()| secrets.mac(purpose, b"a message").unwrap());
            assert_eq!(mac.map(|byte| format!("{byte:02x}")).concat(), hash, "{purpose:?}");
            assert_eq!(mac, again);
            assert!(secrets.mac_matches(purpose, b"a message", &mac).unwrap());
            assert!(!secrets.mac_matches(purpose, b"another", &mac).unwrap());
        }
    }
}
