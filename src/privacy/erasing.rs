//! Erasing people. It is done in many small transactions, each of which can be done again: after a crash the next round
//! goes on where it was, since the account itself goes last.

use super::{queries, types::Erasure};
use crate::{
    accounts::{self, ErasureMode},
    audit::{self, Entry},
    coaching, comments,
    db::Conn,
    error::Result,
    events::{self, Journal, Tx},
    mail, moderation, private_threads, screening,
    secrets::Secrets,
};
use serde_json::json;
use uuid::Uuid;

/// Accounts that one round erases.
const AT_ONCE: i64 = 1000;

/// Erases every account whose time of grace is over. What fails is logged, and tried again by the next round. Returns how
/// many were erased.
///
/// # Errors
/// When the database is away.
pub async fn erase_due(journal: &Journal, secrets: &Secrets) -> Result<usize> {
    let due = journal.write(async |tx| accounts::due_erasures(tx.conn, tx.now, AT_ONCE).await).await?;
    let mut erased = 0;
    for (account_id, mode) in due {
        match erase(journal, secrets, account_id, mode).await {
            Ok(done) => erased += usize::from(done),
            Err(error) => {
                tracing::error!(%account_id, cause = format!("{error:#}"), "an account is not erased yet; trying again later");
            }
        }
    }
    Ok(erased)
}

/// Does an erasure again, after a backup was restored that is older. False when there is nothing to erase.
///
/// # Errors
/// When the database is away.
pub async fn replay(journal: &Journal, secrets: &Secrets, erasure: &Erasure) -> Result<bool> {
    erase(journal, secrets, erasure.account_id, erasure.comments).await
}

/// Who was erased, in the order of their ids, `limit` at most, those after `after`.
///
/// # Errors
/// When the database is away.
pub async fn list_erasures(conn: &mut Conn, after: Option<Uuid>, limit: i64) -> Result<Vec<Erasure>> {
    Ok(queries::erasures(conn, after.unwrap_or_default(), limit).await?)
}

async fn erase(journal: &Journal, secrets: &Secrets, account_id: Uuid, mode: ErasureMode) -> Result<bool> {
    let Some(held) = journal.write(async |tx| accounts::begin_erasure(tx, account_id).await).await? else {
        return Ok(false);
    };
    if let Some(email_hash) = &held.email_hash {
        let guests = journal.write(async |tx| comments::guests_of(tx.conn, email_hash).await).await?;
        for guest_id in guests {
            comments::erase_guest(journal, &private_threads::Companion, guest_id, mode).await?;
        }
    }
    loop {
        while !journal.write(async |tx| private_threads::erase_reader(tx, account_id).await).await? {}
        while !journal.write(async |tx| private_threads::vacate(tx, &[account_id]).await).await? {}
        while !journal.write(async |tx| comments::erase_author(tx, account_id, mode).await).await? {}
        while !journal.write(async |tx| events::forget_actor(tx, account_id).await).await? {}
        while !journal.write(async |tx| coaching::forget_on_questions(tx, account_id).await).await? {}
        match journal.write(async |tx| finish(tx, secrets, account_id, mode).await).await? {
            Finish::Done => return Ok(true),
            Finish::Gone => return Ok(false),
            Finish::NotYet => {}
        }
    }
}

enum Finish {
    Done,
    /// Another node was faster.
    Gone,
    /// Something was written meanwhile by somebody who was still signed in.
    NotYet,
}

/// What goes last and at once. The account is held first, so that nothing new comes in behind what was looked at.
async fn finish(tx: &mut Tx<'_>, secrets: &Secrets, account_id: Uuid, mode: ErasureMode) -> Result<Finish> {
    let Some(held) = accounts::begin_erasure(tx, account_id).await? else { return Ok(Finish::Gone) };
    if comments::has_author(tx.conn, account_id).await? || private_threads::takes_part(tx.conn, account_id).await? {
        return Ok(Finish::NotYet);
    }
    if !events::forget_actor(tx, account_id).await? || !coaching::forget_on_questions(tx, account_id).await? {
        return Ok(Finish::NotYet);
    }
    events::forget_answers_of(tx, &format!("account:{account_id}")).await?;
    // Before the mails: whoever is just finishing an export also writes one.
    queries::forget_of(tx.conn, account_id).await?;
    if let Some(email_hash) = &held.email_hash {
        comments::forget_address(tx, email_hash).await?;
        mail::erase(tx, email_hash).await?;
        screening::forget_sanctions_on_address(tx, email_hash).await?;
    }
    mail::forget_person(tx, account_id).await?;
    screening::forget_sanctions_on(tx, account_id).await?;
    audit::forget_networks_of(tx, account_id).await?;
    moderation::forget_on_call(tx, account_id).await?;
    private_threads::forget_coach(tx, account_id).await?;
    coaching::forget_coach(tx, account_id).await?;
    accounts::erase_account(tx, secrets, account_id).await?;
    let data = json!({ "comments": mode });
    let entry = Entry { actor_id: None, data, ..Entry::own("account.erased", account_id) };
    audit::record(tx, entry).await?;
    let erasure = Erasure { account_id, comments: mode, at: tx.now };
    queries::remember_erasure(tx.conn, &erasure).await?;
    Ok(Finish::Done)
}
