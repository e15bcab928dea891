//! Cursors: opaque, authenticated, and good only for the list, sort and filters they were made for.

use crate::{
    error::{Code, Error, Field, Result},
    secrets::{Purpose, Secrets},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Serialize, de::DeserializeOwned};

/// Bytes of the keyed hash that a cursor carries: 128 bits are out of reach of guessing.
const TAG: usize = 16;

/// Which way a walk goes from a cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
pub enum Direction {
    /// To what follows.
    #[serde(rename = "n")]
    Next,
    /// To what precedes.
    #[serde(rename = "p")]
    Previous,
}

/// Makes a cursor that stands at `key`. `list` names the route, sort and filters.
///
/// # Errors
/// Only if the key does not serialise.
pub fn encode<K: Serialize>(secrets: &Secrets, list: &str, direction: Direction, key: &K) -> Result<String> {
    let key = serde_json::to_vec(&(direction, key)).map_err(Error::internal)?;
    let tag = secrets.mac(Purpose::Cursor, &message(list, &key))?;
    let tag = tag.get(..TAG).unwrap_or_default();
    Ok(URL_SAFE_NO_PAD.encode([tag, &key].concat()))
}

/// Reads a cursor that a client sent back.
///
/// # Errors
/// [`Code::BadCursor`] when it is damaged or was made for another list.
pub fn decode<K: DeserializeOwned>(secrets: &Secrets, list: &str, cursor: &str) -> Result<(Direction, K)> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| bad())?;
    let (tag, key) = bytes.split_at_checked(TAG).ok_or_else(bad)?;
    let expected = secrets.mac(Purpose::Cursor, &message(list, key))?;
    if aws_lc_rs::constant_time::verify_slices_are_equal(tag, expected.get(..TAG).unwrap_or_default()).is_err() {
        return Err(bad());
    }
    serde_json::from_slice(key).map_err(|_| bad())
}

fn message(list: &str, key: &[u8]) -> Vec<u8> {
    [list.as_bytes(), b"\0", key].concat()
}

fn bad() -> Error {
    let field = Field::parameter("cursor", "malformed", "is not a cursor of this list; start without one");
    Error::new(Code::BadCursor, "The cursor is damaged, or was made for another list, sort or filter.").at(field)
}
