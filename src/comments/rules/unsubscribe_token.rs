//! What a link in a mail to a guest carries, by which no more mail comes. It is good for that alone and for ever: mails are
//! read late, and whoever forwards one gives nothing else away. It is never stored.

use crate::{
    error::Result,
    secrets::{Purpose, Secrets},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

/// The token that ends mail to a guest. Whoever writes to guests puts it into the `List-Unsubscribe` field (RFC 8058).
///
/// # Errors
/// Only if the cryptographic library fails.
pub fn unsubscribe_token(secrets: &Secrets, guest_id: Uuid) -> Result<String> {
    let tag = secrets.mac(Purpose::Unsubscription, guest_id.as_bytes())?;
    Ok(URL_SAFE_NO_PAD.encode([guest_id.as_bytes().as_slice(), &tag].concat()))
}

/// The guest whom a token is about; none when this server did not make it, or made it for something else.
///
/// # Errors
/// Only if the cryptographic library fails.
pub fn unsubscribed_guest(secrets: &Secrets, token: &str) -> Result<Option<Uuid>> {
    let bytes = URL_SAFE_NO_PAD.decode(token).unwrap_or_default();
    let Some((id, tag)) = bytes.split_first_chunk::<16>() else { return Ok(None) };
    Ok(secrets.mac_matches(Purpose::Unsubscription, id, tag)?.then(|| Uuid::from_bytes(*id)))
}

#[cfg(test)]
mod tests {
    use super::{super::manage_token, *};

    #[test]
    fn it_is_good_for_one_guest_and_for_nothing_else() {
        let secrets = Secrets::new("a secret of thirty-two bytes or more").unwrap();
        let (guest, other) = (Uuid::from_u128(7), Uuid::from_u128(8));
        let token = unsubscribe_token(&secrets, guest).unwrap();
        assert_eq!(unsubscribed_guest(&secrets, &token).unwrap(), Some(guest));
        assert!(manage_token::read(&secrets, &token).is_err());
        let manages = manage_token::issue(&secrets, guest).unwrap();
        let tag = &URL_SAFE_NO_PAD.decode(&token).unwrap()[16..];
        let moved = URL_SAFE_NO_PAD.encode([other.as_bytes().as_slice(), tag].concat());
        for wrong in [manages.as_str(), &moved, "", "AAAA", "not base64!"] {
            assert_eq!(unsubscribed_guest(&secrets, wrong).unwrap(), None, "{wrong}");
        }
    }
}
