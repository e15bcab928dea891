//! Mails to those in a thread: one until they have read, however much is written.

use super::super::{
    letters,
    queries::{coaches, threads},
    types::ThreadRow,
};
use crate::{
    accounts::{self, Email},
    comments::{self, Reception},
    error::Result,
    events::Tx,
    screening::{self, Person, SanctionKind},
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
    tell_coaches(tx, office, thread.id, &others, no).await
}

/// Tells the reader, also one who has left, that an admin was let read the thread: in the same words, for the mail may be read by
/// anybody.
///
/// # Errors
/// When the database is away.
pub async fn tell_of_access(tx: &mut Tx<'_>, office: &Reception, thread: &ThreadRow) -> Result<()> {
    if let Some(address) = address_of_reader(tx, office, thread).await? {
        office.outbox.enqueue(tx, &letters::new_message(&address, &office.publication, thread.reader_id())).await?;
    }
    Ok(())
}

/// Tells the reader of a message, unless they have left, or an earlier mail told of one that is still unread.
async fn tell_reader(tx: &mut Tx<'_>, office: &Reception, thread: &ThreadRow, no: i64) -> Result<()> {
    if thread.reader_left_at.is_some() || thread.reader_told_no > thread.reader_read_no {
        return Ok(());
    }
    if let Some(address) = address_of_reader(tx, office, thread).await?
        && office.outbox.enqueue(tx, &letters::new_message(&address, &office.publication, thread.reader_id())).await?
    {
        threads::mark_told(tx.conn, thread.id, no).await?;
    }
    Ok(())
}

/// Where the reader can be told: nowhere where they may not act or are banned, and of a guest only at an address that is known to
/// be theirs.
async fn address_of_reader(tx: &mut Tx<'_>, office: &Reception, thread: &ThreadRow) -> Result<Option<String>> {
    let (account_id, guest_id) = (thread.reader_account_id, thread.reader_guest_id);
    let address = match (account_id, guest_id) {
        (Some(account_id), _) => {
            accounts::list_addresses(tx, &office.secrets, &[account_id]).await?.pop().map(|(_, address)| address)
        }
        (None, Some(guest_id)) => comments::verified_guest_address(tx.conn, &office.secrets, guest_id).await?,
        (None, None) => None,
    };
    let Some(address) = address else { return Ok(None) };
    let email_hash = Email::parse(&address).ok().map(|email| email.hash(&office.secrets)).transpose()?;
    let person = Person { account_id, guest_id, email_hash, network: None };
    let sanction = screening::severest(tx.conn, &office.secrets, &[person], tx.now).await?.pop().flatten();
    Ok(Some(address).filter(|_| sanction.is_none_or(|sanction| sanction.kind != SanctionKind::Ban)))
}

/// Tells a guest whose address is known to be theirs since just now, in one mail, that something waits for them: a message or an
/// invitation of which nobody could tell them.
///
/// # Errors
/// When the database is away.
pub async fn tell_confirmed(tx: &mut Tx<'_>, office: &Reception, guest_id: Uuid) -> Result<()> {
    let untold = threads::untold(tx.conn, guest_id).await?;
    let Some(thread) = untold.first() else { return Ok(()) };
    if let Some(address) = address_of_reader(tx, office, thread).await?
        && office.outbox.enqueue(tx, &letters::new_message(&address, &office.publication, guest_id)).await?
    {
        let ids: Vec<Uuid> = untold.iter().map(|thread| thread.id).collect();
        threads::mark_all_told(tx.conn, &ids).await?;
    }
    Ok(())
}

/// Tells a coach who was asked by name, or to whom a thread was handed over, unless an earlier mail told her of a message in it
/// that she has not read.
///
/// # Errors
/// When the database is away.
pub async fn tell_coach(tx: &mut Tx<'_>, office: &Reception, thread_id: Uuid, coach_id: Uuid, no: i64) -> Result<()> {
    let seats = coaches::of(tx.conn, &[thread_id]).await?;
    if seats.iter().any(|seat| seat.account_id == coach_id && seat.told_no > seat.read_no) {
        return Ok(());
    }
    tell_coaches(tx, office, thread_id, &[coach_id], no).await
}

async fn tell_coaches(tx: &mut Tx<'_>, office: &Reception, thread_id: Uuid, coach_ids: &[Uuid], no: i64) -> Result<()> {
    let mut told = Vec::new();
    for coach in accounts::find_staff(tx.conn, &office.secrets, coach_ids, tx.now).await? {
        if let Some(email) = coach.email
            && office.outbox.enqueue(tx, &letters::new_message(&email, &office.publication, coach.id)).await?
        {
            told.push(coach.id);
        }
    }
    coaches::mark_told(tx.conn, thread_id, &told, no).await?;
    Ok(())
}
