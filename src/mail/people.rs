//! Whose mails they are: people go, and guests turn out to have an account.

use super::{caps::UNPROVEN, queries, unsubscription};
use crate::{
    db::Conn,
    error::Result,
    events::Tx,
    secrets::{Purpose, Secrets},
};
use uuid::Uuid;

/// Takes back what waits to be sent to a person, of some kinds.
///
/// # Errors
/// When the database is away.
pub async fn take_back(tx: &mut Tx<'_>, person_id: Uuid, kinds: &[&str]) -> Result<()> {
    queries::take_back(tx.conn, person_id, kinds).await?;
    Ok(())
}

/// Forgets what a person wants no mails about, and the mails to them: what waits is not sent.
///
/// # Errors
/// When the database is away.
pub async fn forget_person(tx: &mut Tx<'_>, person_id: Uuid) -> Result<()> {
    queries::forget_unsubscriptions(tx.conn, person_id).await?;
    queries::forget_former(tx.conn, person_id).await?;
    queries::forget_mails(tx.conn, person_id, UNPROVEN).await?;
    // Anybody can have given the address as a guest. What went there, or may be going there just now, goes on counting for
    // whoever has it, or they could be flooded by guests who come and go.
    queries::give_up(tx.conn, person_id, tx.now).await?;
    queries::unlink(tx.conn, person_id).await?;
    Ok(())
}

/// A guest turns out to have an account, and is forgotten: what they want no mails about, the account wants none about, and the
/// links in mails that they got go on working.
///
/// # Errors
/// When the database is away.
pub async fn hand_over(tx: &mut Tx<'_>, secrets: &Secrets, guest_id: Uuid, account_id: Uuid) -> Result<()> {
    let unwanted = unsubscription::list_unsubscriptions(tx.conn, guest_id).await?;
    let kinds: Vec<&str> = unwanted.iter().map(|it| it.kind.as_str()).collect();
    unsubscription::unsubscribe(tx, account_id, &kinds).await?;
    queries::keep_former(tx.conn, &former_hash(secrets, guest_id)?, account_id).await?;
    forget_person(tx, guest_id).await
}

/// Who a person is now: the account that a former guest turned out to have, else the same.
///
/// # Errors
/// When the database is away.
pub async fn person_now(conn: &mut Conn, secrets: &Secrets, person_id: Uuid) -> Result<Uuid> {
    let known = queries::former(conn, &former_hash(secrets, person_id)?).await?;
    Ok(known.unwrap_or(person_id))
}

fn former_hash(secrets: &Secrets, guest_id: Uuid) -> Result<Vec<u8>> {
    Ok(secrets.mac(Purpose::FormerPerson, guest_id.as_bytes())?.to_vec())
}
