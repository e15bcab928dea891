//! The keys under which those of private threads are sealed.

use super::{Purpose, Secrets};
use crate::error::Result;
use anyhow::{Context, ensure};
use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use zeroize::Zeroizing;

/// What the key is called that is derived from the master secret.
const DERIVED: &str = "secret";

/// The longest name, bytes: its length stands in one byte in front of what it seals.
const MAX_NAME: usize = 32;

/// With or without the padding: a key is made by `openssl rand -base64 32` or by something else.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What the settings name, in their order; without bytes the one that is derived.
#[derive(Default)]
pub struct PrivateKeys(Vec<(String, Option<Zeroizing<[u8; 32]>>)>);

impl PrivateKeys {
    pub fn parse(keys: &str) -> anyhow::Result<Self> {
        let mut named: Vec<(String, _)> = Vec::new();
        for entry in keys.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
            let (name, key) = if entry == DERIVED { (entry, None) } else { named_key(entry)? };
            ensure!(named.iter().all(|(other, _)| other != name), "COLLOQUY_PRIVATE_KEYS: `{name}` is there twice");
            named.push((name.to_owned(), key));
        }
        Ok(Self(named))
    }
}

/// `name:key`.
fn named_key(entry: &str) -> anyhow::Result<(&str, Option<Zeroizing<[u8; 32]>>)> {
    // What has no name could be a key, so it is not repeated.
    let (name, key) = entry.split_once(':').context("COLLOQUY_PRIVATE_KEYS: an entry has no name; write name:key")?;
    let plain = name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'));
    ensure!(
        plain && (1..=MAX_NAME).contains(&name.len()),
        "COLLOQUY_PRIVATE_KEYS: a name must be 1 to {MAX_NAME} of a to z, 0 to 9, _ and -"
    );
    ensure!(
        name != DERIVED,
        "COLLOQUY_PRIVATE_KEYS: `{DERIVED}` is the key out of COLLOQUY_SECRET, and takes no other"
    );
    let bytes = Zeroizing::new(BASE64.decode(key.replace('+', "-").replace('/', "_")).unwrap_or_default());
    let key = bytes.first_chunk::<32>().filter(|_| bytes.len() == 32);
    let key = key.with_context(|| format!("COLLOQUY_PRIVATE_KEYS: `{name}` must be 32 bytes in base64"))?;
    Ok((name, Some(Zeroizing::new(*key))))
}

impl Secrets {
    /// What the key is called under which keys of private threads are sealed now.
    #[must_use]
    pub fn private_key_name(&self) -> &str {
        self.private_keys.0.first().map_or(DERIVED, |(name, _)| name)
    }

    /// Whether there is a private key of this name.
    #[must_use]
    pub fn has_private_key(&self, name: &str) -> bool {
        name == DERIVED || self.private_keys.0.iter().any(|(known, _)| known == name)
    }

    /// A private key by its name.
    pub(super) fn private_key(&self, name: &str) -> Result<Option<Zeroizing<[u8; 32]>>> {
        if name == DERIVED {
            return Ok(Some(self.subkey(Purpose::PrivateThread)?.bytes.clone()));
        }
        Ok(self.private_keys.0.iter().find(|(known, _)| known == name).and_then(|(_, key)| key.clone()))
    }
}
