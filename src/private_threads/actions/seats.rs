//! Who is in a thread. To everybody else there is none.

use super::super::{
    queries::threads,
    rules,
    types::{Seated, Who},
};
use crate::{
    comments,
    db::Conn,
    error::{Error, Result},
    events::Tx,
    screening::{self, SanctionKind},
    secrets::Secrets,
};
use ipnet::IpNet;
use uuid::Uuid;

/// A thread of somebody's.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound) for whoever is not in it.
pub async fn see(conn: &mut Conn, id: Uuid, who: Who) -> Result<Seated> {
    let thread = threads::see(conn, id, who).await?.ok_or_else(Error::not_found)?;
    Ok(Seated { thread, who })
}

/// The same, held until the end of the transaction.
///
/// # Errors
/// As [`see`].
pub async fn hold(tx: &mut Tx<'_>, id: Uuid, who: Who) -> Result<Seated> {
    threads::hold(tx.conn, id, who).await?.ok_or_else(Error::not_found)?;
    // Whoever waited for the row was let in by the seats of before: it takes another statement to see who has gone meanwhile.
    see(tx.conn, id, who).await
}

/// Lets through everybody but guests of whom nobody knows that the address is theirs: somebody else may have found the
/// manage token, and gets to read nothing.
///
/// # Errors
/// [`Code::AddressUnverified`](crate::error::Code::AddressUnverified).
pub async fn verified(conn: &mut Conn, secrets: &Secrets, who: Who) -> Result<()> {
    let Some(guest_id) = who.guest_id() else { return Ok(()) };
    let address = comments::verified_guest_address(conn, secrets, guest_id).await?;
    address.map(drop).ok_or_else(rules::unverified)
}

/// Lets through whoever may write: as under articles, not those who are muted or banned.
///
/// # Errors
/// [`Code::Muted`](crate::error::Code::Muted).
pub async fn may_write(tx: &mut Tx<'_>, secrets: &Secrets, who: Who, network: IpNet) -> Result<()> {
    let person = comments::person(tx.conn, who.0, network).await?;
    screening::forbid(tx.conn, secrets, person, SanctionKind::Mute, tx.now).await
}
