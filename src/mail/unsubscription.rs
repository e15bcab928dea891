//! Who wants no more mails of a kind, and the token in a mail by which they say so. It is good for that alone and for ever: mails
//! are read late, and whoever forwards one gives nothing else away. It is never stored.

use super::{people::take_back, queries, types::Unsubscription};
use crate::{
    db::Conn,
    error::Result,
    events::Tx,
    secrets::{Purpose, Secrets},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

/// The token that ends mails of a kind to a person. The outbox puts it into mails that are
/// [optional](super::Mail::optional_for).
///
/// # Errors
/// Only if the cryptographic library fails.
pub fn unsubscribe_token(secrets: &Secrets, person_id: Uuid, kind: &str) -> Result<String> {
    let about = [person_id.as_bytes(), kind.as_bytes()].concat();
    let tag = secrets.mac(Purpose::Unsubscription, &about)?;
    Ok(URL_SAFE_NO_PAD.encode([tag.as_slice(), &about].concat()))
}

/// The person and the kind of mails that a token is about; none when this server did not make it, or made it for something
/// else.
///
/// # Errors
/// Only if the cryptographic library fails.
pub fn read_unsubscribe_token(secrets: &Secrets, token: &str) -> Result<Option<(Uuid, String)>> {
    let bytes = URL_SAFE_NO_PAD.decode(token).unwrap_or_default();
    let Some((tag, about)) = bytes.split_first_chunk::<32>() else { return Ok(None) };
    let Some((id, kind)) = about.split_first_chunk::<16>() else { return Ok(None) };
    if !secrets.mac_matches(Purpose::Unsubscription, about, tag)? {
        return Ok(None);
    }
    Ok(String::from_utf8(kind.to_vec()).ok().map(|kind| (Uuid::from_bytes(*id), kind)))
}

/// Ends mails of some kinds to a person, also those that wait to be sent. Doing it again changes nothing.
///
/// # Errors
/// When the database is away.
pub async fn unsubscribe(tx: &mut Tx<'_>, person_id: Uuid, kinds: &[&str]) -> Result<()> {
    let created_at = tx.now;
    let row = |kind: &&str| Unsubscription { person_id, kind: (*kind).to_owned(), created_at };
    queries::unsubscribe(tx.conn, &kinds.iter().map(row).collect::<Vec<_>>()).await?;
    take_back(tx, person_id, kinds).await
}

/// Lets mails of some kinds go to a person again.
///
/// # Errors
/// When the database is away.
pub async fn subscribe(tx: &mut Tx<'_>, person_id: Uuid, kinds: &[&str]) -> Result<()> {
    queries::subscribe(tx.conn, person_id, kinds).await?;
    Ok(())
}

/// What a person wants no mails about, by the kinds' names.
///
/// # Errors
/// When the database is away.
pub async fn list_unsubscriptions(conn: &mut Conn, person_id: Uuid) -> Result<Vec<Unsubscription>> {
    Ok(queries::unsubscriptions_of(conn, person_id).await?)
}

/// Lets mails of all kinds go to a person again.
///
/// # Errors
/// When the database is away.
pub async fn forget_unsubscriptions(tx: &mut Tx<'_>, person_id: Uuid) -> Result<()> {
    queries::forget_unsubscriptions(tx.conn, person_id).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_good_for_one_person_and_one_kind_and_for_nothing_else() {
        let secrets = Secrets::new("a secret of thirty-two bytes or more").unwrap();
        let (person, other) = (Uuid::from_u128(7), Uuid::from_u128(8));
        let token = unsubscribe_token(&secrets, person, "answer").unwrap();
        assert_eq!(read_unsubscribe_token(&secrets, &token).unwrap(), Some((person, "answer".to_owned())));
        let tag = &URL_SAFE_NO_PAD.decode(&token).unwrap()[..32];
        let moved = |about: &[u8]| URL_SAFE_NO_PAD.encode([tag, about].concat());
        let to_another = moved(&[other.as_bytes().as_slice(), b"answer"].concat());
        let to_another_kind = moved(&[person.as_bytes().as_slice(), b"reset"].concat());
        for wrong in [&to_another, &to_another_kind, &moved(b""), "", "AAAA", "not base64!"] {
            assert_eq!(read_unsubscribe_token(&secrets, wrong).unwrap(), None, "{wrong}");
        }
    }
}
