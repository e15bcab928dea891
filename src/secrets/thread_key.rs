//! The key of one private thread.
//!
//! It is made by chance and kept sealed beside the thread: whoever deletes that row has destroyed every text of the thread,
//! also in what was copied of it meanwhile, and a new key in the settings means to seal keys again and no texts.

#[cfg(test)]
mod tests;

use super::{Secrets, open_under, random_bytes, seal_under};
use crate::error::{Error, Result};
use std::fmt;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Seals and opens what was written in one private thread.
pub struct ThreadKey {
    thread_id: Uuid,
    key: Zeroizing<[u8; 32]>,
}

impl fmt::Debug for ThreadKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ThreadKey(…)")
    }
}

impl ThreadKey {
    /// A new key, and the same sealed, as it is to be kept: under the first key of the settings, whose name stands in front.
    ///
    /// # Errors
    /// Only if the cryptographic library fails.
    pub fn make(secrets: &Secrets, thread_id: Uuid) -> Result<(Self, Vec<u8>)> {
        let key = Self { thread_id, key: random_bytes()? };
        let kept = key.kept(secrets)?;
        Ok((key, kept))
    }

    /// The key of a thread out of what is kept of it.
    ///
    /// # Errors
    /// When it was damaged, is another thread's, or was sealed under a key that the settings do not name (any more).
    pub fn from_kept(secrets: &Secrets, thread_id: Uuid, kept: &[u8]) -> Result<Self> {
        let unreadable = |why: String| Error::internal(anyhow::anyhow!("the key of thread {thread_id} {why}"));
        let (name, sealed) = parts(kept).ok_or_else(|| unreadable("is damaged".into()))?;
        let under = secrets.private_key(name)?;
        let under = under.ok_or_else(|| unreadable(format!("needs `{name}` in COLLOQUY_PRIVATE_KEYS")))?;
        let key = open_under(&under, &place_of_key(thread_id, name), sealed)?;
        let key = key.ok_or_else(|| unreadable(format!("does not open: was `{name}` changed?")))?;
        let key = key.first_chunk().ok_or_else(|| unreadable("is too short".into()))?;
        Ok(Self { thread_id, key: Zeroizing::new(*key) })
    }

    /// The same key sealed anew under the first key of the settings.
    ///
    /// # Errors
    /// As [`ThreadKey::from_kept`].
    pub fn reseal(secrets: &Secrets, thread_id: Uuid, kept: &[u8]) -> Result<Vec<u8>> {
        Self::from_kept(secrets, thread_id, kept)?.kept(secrets)
    }

    /// What of this key is kept begins so when it is sealed under the first key of the settings.
    #[must_use]
    pub fn kept_prefix(secrets: &Secrets) -> Vec<u8> {
        let name = secrets.private_key_name().as_bytes();
        [[u8::try_from(name.len()).unwrap_or(u8::MAX)].as_slice(), name].concat()
    }

    /// Seals a text. It opens only in the same field of the same row of the same thread.
    ///
    /// # Errors
    /// Only if the cryptographic library fails.
    pub fn seal(&self, row_id: Uuid, field: &str, text: &str) -> Result<Vec<u8>> {
        seal_under(&self.key, &self.place(row_id, field), text.as_bytes())
    }

    /// Opens what [`ThreadKey::seal`] sealed.
    ///
    /// # Errors
    /// When it was damaged, or stood in another field, row or thread.
    pub fn open(&self, row_id: Uuid, field: &str, sealed: &[u8]) -> Result<String> {
        let unreadable =
            || Error::internal(anyhow::anyhow!("{field} of {row_id} in thread {} does not open", self.thread_id));
        let text = open_under(&self.key, &self.place(row_id, field), sealed)?.ok_or_else(unreadable)?;
        String::from_utf8(text.to_vec()).map_err(|_| unreadable())
    }

    fn kept(&self, secrets: &Secrets) -> Result<Vec<u8>> {
        let name = secrets.private_key_name();
        let under = secrets.private_key(name)?.ok_or_else(|| Error::internal(anyhow::anyhow!("no private key")))?;
        let sealed = seal_under(&under, &place_of_key(self.thread_id, name), self.key.as_ref())?;
        Ok([Self::kept_prefix(secrets), sealed].concat())
    }

    fn place(&self, row_id: Uuid, field: &str) -> Vec<u8> {
        [b"colloquy/private-text/1".as_slice(), self.thread_id.as_bytes(), row_id.as_bytes(), field.as_bytes()].concat()
    }
}

fn place_of_key(thread_id: Uuid, name: &str) -> Vec<u8> {
    [b"colloquy/thread-key/1".as_slice(), thread_id.as_bytes(), name.as_bytes()].concat()
}

/// The name in front, and the rest.
fn parts(kept: &[u8]) -> Option<(&str, &[u8])> {
    let (length, rest) = kept.split_first()?;
    let (name, sealed) = rest.split_at_checked(usize::from(*length))?;
    Some((std::str::from_utf8(name).ok()?, sealed))
}
