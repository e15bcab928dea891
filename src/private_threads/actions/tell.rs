//! Mails to those in a thread: one until they have read, however much is written.

use super::super::{
    letters,
    queries::{coaches, threads},
    types::ThreadRow,
};
use crate::{
    accounts,
    comments::{self, Reception},
    error::Result,
    events::Tx,
};
use uuid::Uuid;

/// Tells everybody else in a thread by mail that there is a message of this number: who has not read what an earlier mail told
/// of gets none. By one of its coaches or, for none, by the reader.
///
/// # Errors
/// When the database is away.
pub async fn tell(
    tx: &mut Tx<'_>,
    office: &Reception,
    thread: &ThreadRow,
    by_coach: Option<Uuid>,
    no: i64,
) -> Result<()> {
    if by_coach.is_some() {
        tell_reader(tx, office, thread, no).await?;
    }
    let others = coaches::of(tx.conn, &[thread.id]).await?;
    let others =
        others.into_iter().filter(|coach| Some(coach.account_id) != by_coach && coach.told_no <= coach.read_no);
    let others: Vec<Uuid> = others.map(|coach| coach.account_id).collect();
    if others.is_empty() {
        return Ok(());
    }
    let mut told = Vec::new();
    for coach in accounts::find_staff(tx.conn, &office.secrets, &others, tx.now).await? {
        if let Some(email) = coach.email
            && office.outbox.enqueue(tx, &letters::new_message(&email, &office.publication, coach.id)).await?
        {
            told.push(coach.id);
        }
    }
    coaches::mark_told(tx.conn, thread.id, &told, no).await?;
    Ok(())
}

/// Tells the reader, who may have left, and a guest only at an address that is known to be theirs.
async fn tell_reader(tx: &mut Tx<'_>, office: &Reception, thread: &ThreadRow, no: i64) -> Result<()> {
    if thread.reader_left_at.is_some() || thread.reader_told_no > thread.reader_read_no {
        return Ok(());
    }
    let address = match (thread.reader_account_id, thread.reader_guest_id) {
        (Some(account_id), _) => accounts::address_of(tx.conn, &office.secrets, account_id).await?,
        (None, Some(guest_id)) => comments::verified_guest_address(tx.conn, &office.secrets, guest_id).await?,
        (None, None) => None,
    };
    if let Some(address) = address
        && office.outbox.enqueue(tx, &letters::new_message(&address, &office.publication, thread.reader_id())).await?
    {
        threads::mark_told(tx.conn, thread.id, no).await?;
    }
    Ok(())
}

/// Tells a coach who was asked by name, or to whom a thread was handed over.
///
/// # Errors
/// When the database is away.
pub async fn tell_coach(tx: &mut Tx<'_>, office: &Reception, coach_id: Uuid) -> Result<()> {
    let found = accounts::find_staff(tx.conn, &office.secrets, &[coach_id], tx.now).await?;
    for email in found.into_iter().filter_map(|coach| coach.email) {
        office.outbox.enqueue(tx, &letters::new_message(&email, &office.publication, coach_id)).await?;
    }
    Ok(())
}
