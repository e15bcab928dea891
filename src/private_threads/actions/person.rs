//! What is kept of a person: handing it on, forgetting it.

use super::{
    super::{
        queries::{drafts, erasure, succession, threads},
        rules,
        types::ThreadRow,
    },
    disclose::within,
};
use crate::{accounts, comments, db::Conn, error::Result, events::Tx};
use uuid::Uuid;

/// Threads of one transaction.
const BATCH: i64 = 20;

/// Erases a bounded number of a reader's threads, for everybody: an account's or a guest's. Those about one public comment, so
/// that no more than its thread is locked before them. True when none is left.
///
/// # Errors
/// When the database is away.
pub async fn erase_reader(tx: &mut Tx<'_>, reader_id: Uuid) -> Result<bool> {
    let batch = erasure::threads_of(tx.conn, reader_id, Uuid::nil(), BATCH).await?;
    let Some(&ThreadRow { comment_id, .. }) = batch.first() else { return Ok(true) };
    let gone: Vec<Uuid> =
        batch.iter().filter(|thread| thread.comment_id == comment_id).map(|thread| thread.id).collect();
    within(tx, comment_id, async |tx| Ok(threads::delete(tx.conn, &gone).await?)).await?;
    Ok(gone.len() == batch.len() && i64::try_from(batch.len()).is_ok_and(|taken| taken < BATCH))
}

/// Whether somebody is the reader of any thread, also of one that they have left, or is in one as a coach.
///
/// # Errors
/// When the database is away.
pub async fn takes_part(conn: &mut Conn, id: Uuid) -> Result<bool> {
    Ok(!erasure::threads_of(conn, id, Uuid::nil(), 1).await?.is_empty() || succession::has_seat(conn, id).await?)
}

/// Takes an account that is in no thread as a coach any more off what it said there, which stays: it is the readers', too.
///
/// # Errors
/// When the database is away.
pub async fn forget_coach(tx: &mut Tx<'_>, account_id: Uuid) -> Result<()> {
    Ok(erasure::unlink(tx.conn, account_id).await?)
}

/// Gives a guest's threads to an account. Returns how many.
///
/// # Errors
/// [`Code::AddressUnverified`](crate::error::Code::AddressUnverified) where there are any and the guest gave an address that is
/// not the account's.
pub async fn hand_over_guest(tx: &mut Tx<'_>, guest_id: Uuid, account_id: Uuid) -> Result<usize> {
    if erasure::threads_of(tx.conn, guest_id, Uuid::nil(), 1).await?.is_empty() {
        return Ok(0);
    }
    // By a manage token that somebody found nothing is read: not by way of an account, either.
    if let Some(email_hash) = comments::guest_email_hash(tx.conn, guest_id).await?
        && accounts::holder_of(tx.conn, &email_hash).await? != Some(account_id)
    {
        return Err(rules::of_another_address());
    }
    // Before the drafts: whoever keeps one holds its thread.
    let theirs = erasure::hand_over(tx.conn, guest_id, account_id).await?;
    // Somebody who was a coach until just now may have been let into what turns out to be a thread of their own.
    succession::dismiss(tx.conn, &theirs, &[account_id]).await?;
    drafts::hand_over(tx.conn, guest_id, account_id).await?;
    threads::wait_without_coach(tx.conn, &theirs, tx.now).await?;
    Ok(theirs.len())
}
