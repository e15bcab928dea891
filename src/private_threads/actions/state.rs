//! Closing, opening again, leaving, erasing.

use super::{
    super::{
        queries::{coaches, drafts, threads},
        rules,
        types::{Part, Seated, ThreadState, Who},
    },
    seats::{hold, see, verified},
};
use crate::{
    error::{Code, Error, Result},
    events::Tx,
    secrets::Secrets,
};
use uuid::Uuid;

/// Closes a thread: it can be read, and opened again. Twice is as good as once.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::AddressUnverified`]; [`Code::Conflict`] for an invitation.
pub async fn close(tx: &mut Tx<'_>, secrets: &Secrets, id: Uuid, who: Who) -> Result<()> {
    let Seated { thread, .. } = hold(tx, id, who).await?;
    verified(tx.conn, secrets, who).await?;
    rules::must_have_begun(&thread)?;
    if thread.state == ThreadState::Open {
        threads::close(tx.conn, id, tx.now).await?;
    }
    Ok(())
}

/// Opens a thread again. Where no coach is in it, it waits for one. Twice is as good as once.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::AddressUnverified`]; [`Code::Conflict`] for an invitation, and when the reader has left.
pub async fn reopen(tx: &mut Tx<'_>, secrets: &Secrets, id: Uuid, who: Who) -> Result<()> {
    let Seated { thread, .. } = hold(tx, id, who).await?;
    verified(tx.conn, secrets, who).await?;
    rules::must_have_begun(&thread)?;
    if thread.reader_left_at.is_some() {
        return Err(Error::new(Code::Conflict, "The reader has left."));
    }
    if thread.state == ThreadState::Closed {
        threads::reopen(tx.conn, id).await?;
        threads::wait_without_coach(tx.conn, &[id], tx.now).await?;
    }
    Ok(())
}

/// Somebody goes, and sees nothing of the thread from then on. Where the reader goes it is closed; where no coach is left it
/// waits for another one. What nobody is in any more is erased.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::Conflict`] for a reader who is invited: that is declined.
pub async fn leave(tx: &mut Tx<'_>, id: Uuid, who: Who) -> Result<()> {
    let Seated { thread, .. } = see(tx.conn, id, who).await?;
    super::disclose::within(tx, thread.comment_id, async |tx| {
        let seated = hold(tx, id, who).await?;
        drafts::forget(tx.conn, id, who.id()).await?;
        match seated.part() {
            Part::Reader => reader_leaves(tx, &seated).await,
            Part::Coach => coach_leaves(tx, &seated).await,
        }
    })
    .await
}

async fn reader_leaves(tx: &mut Tx<'_>, seated: &Seated) -> Result<()> {
    let id = seated.thread.id;
    rules::must_have_begun(&seated.thread)?;
    if coaches::of(tx.conn, &[id]).await?.is_empty() {
        threads::delete(tx.conn, &[id]).await?;
        return Ok(());
    }
    threads::leave(tx.conn, id, tx.now).await?;
    if seated.thread.state == ThreadState::Open {
        threads::close(tx.conn, id, tx.now).await?;
    }
    Ok(())
}

async fn coach_leaves(tx: &mut Tx<'_>, seated: &Seated) -> Result<()> {
    let thread = &seated.thread;
    coaches::dismiss(tx.conn, thread.id, seated.who.id()).await?;
    if !coaches::of(tx.conn, &[thread.id]).await?.is_empty() {
        return Ok(());
    }
    match thread.state {
        ThreadState::Open => threads::wait_without_coach(tx.conn, &[thread.id], tx.now).await?,
        ThreadState::Closed if thread.reader_left_at.is_none() => 0,
        // That somebody does not want to be asked outlives whoever asked.
        ThreadState::Declined => 0,
        // An invitation is taken back with whoever made it.
        ThreadState::Closed | ThreadState::Invited => threads::delete(tx.conn, &[thread.id]).await?,
    };
    Ok(())
}

/// The reader, who may have left, erases a thread for everybody: with the row goes the key, and with it all that was said.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::Forbidden`] for a coach of the thread.
pub async fn erase(tx: &mut Tx<'_>, id: Uuid, who: Who) -> Result<()> {
    let Some(thread) = threads::find_as_reader(tx.conn, id, who).await? else {
        return rules::only_reader(&see(tx.conn, id, who).await?);
    };
    super::disclose::within(tx, thread.comment_id, async |tx| {
        threads::delete(tx.conn, &[id]).await?;
        Ok(())
    })
    .await
}
