//! The secret by which a guest comes back. It is never stored: it is the guest's id with a keyed hash, so it can be
//! made again when a request is repeated, and checked without a look at the database.

use crate::{
    error::{Error, Result},
    http::actor::unauthenticated,
    secrets::{Purpose, Secrets},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

/// The token of a guest.
///
/// # Errors
/// Only if the cryptographic library fails.
pub fn issue(secrets: &Secrets, guest_id: Uuid) -> Result<String> {
    let tag = secrets.mac(Purpose::GuestToken, guest_id.as_bytes())?;
    Ok(URL_SAFE_NO_PAD.encode([guest_id.as_bytes().as_slice(), &tag].concat()))
}

/// The guest who holds this token.
///
/// # Errors
/// [`Code::Unauthenticated`](crate::error::Code::Unauthenticated) when this server did not make it.
pub fn read(secrets: &Secrets, token: &str) -> Result<Uuid> {
    let bytes = URL_SAFE_NO_PAD.decode(token).unwrap_or_default();
    let Some((id, tag)) = bytes.split_first_chunk::<16>() else { return Err(bad()) };
    if secrets.mac_matches(Purpose::GuestToken, id, tag)? { Ok(Uuid::from_bytes(*id)) } else { Err(bad()) }
}

/// The error for a token that is not good here.
#[must_use]
pub fn bad() -> Error {
    unauthenticated("The manage token is not good for this.")
}
