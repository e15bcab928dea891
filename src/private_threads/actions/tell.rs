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

/// Tells the reader that an admin was let read the thread: in the same words, for the mail may be read by anybody.
///
/// # Errors
/// When the database is away.
pub async fn tell_of_access(tx: &mut Tx<'_>, office: &Reception, thread: &ThreadRow) -> Result<()> {
    if let Some(address) = address_of_reader(tx, office, thread).await? {
        office.outbox.enqueue(tx, &letters::new_message(&address, &office.publication, thread.reader_id())).await?;
    }
    Ok(())
}

/// Tells the reader of a message, unless an earlier mail told of one that is still unread.
async fn tell_reader(tx: &mut Tx<'_>, office: &Reception, thread: &ThreadRow, no: i64) -> Result<()> {
    if thread.reader_told_no > thread.reader_read_no {
        return Ok(());
    }
    if let Some(address) = address_of_reader(tx, office, thread).await?
        && office.outbox.enqueue(tx, &letters::new_message(&address, &office.publication, thread.reader_id())).await?
    {
        threads::mark_told(tx.conn, thread.id, no).await?;
    }
    Ok(())
}

/// Where the reader can be told; nowhere once they have left, and of a guest only an address that is known to be theirs.
async fn address_of_reader(tx: &mut Tx<'_>, office: &Reception, thread: &ThreadRow) -> Result<Option<String>> {
    if thread.reader_left_at.is_some() {
        return Ok(None);
    }
    match (thread.reader_account_id, thread.reader_guest_id) {
        (Some(account_id), _) => accounts::address_of(tx.conn, &office.secrets, account_id).await,
        (None, Some(guest_id)) => comments::verified_guest_address(tx.conn, &office.secrets, guest_id).await,
        (None, None) => Ok(None),
    }
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
