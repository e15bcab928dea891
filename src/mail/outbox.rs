//! Where rooms put their mails.

use super::{
    caps::{BOUNCED_FOR, Cap, DAY},
    queries,
    types::{Mail, NewMail},
    unsubscription::unsubscribe_token,
};
use crate::{
    error::{Error, Result},
    events::{Journal, Tx},
    secrets::{Purpose, Secrets},
};
use chrono::TimeDelta;
use std::sync::Arc;
use tokio::sync::Notify;
use uuid::Uuid;

/// How long it is remembered that a mail was sent or given up.
const REMEMBERED_FOR: TimeDelta = TimeDelta::days(30);

/// Takes mails in. Cloning gives the same outbox.
#[derive(Clone)]
pub struct Outbox {
    secrets: Secrets,
    filled: Arc<Notify>,
}

impl Outbox {
    /// An outbox that seals with `secrets` and tells the postman by `filled`.
    #[must_use]
    pub fn new(secrets: Secrets, filled: Arc<Notify>) -> Self {
        Self { secrets, filled }
    }

    /// Writes a mail, which is sent if and when the transaction commits. False when the address has had its share or
    /// refuses mail, or its owner wants none of this kind; the client must not learn of that, or it would learn of others'
    /// mail.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn enqueue(&self, tx: &mut Tx<'_>, mail: &Mail) -> Result<bool> {
        let mut mail = mail.clone();
        if let (Some(person_id), true) = (mail.person_id, mail.optional) {
            if queries::has_unsubscribed(tx.conn, person_id, mail.kind).await? {
                return Ok(false);
            }
            mail.unsubscribe_token = Some(unsubscribe_token(&self.secrets, person_id, mail.kind)?);
        }
        let (id, cap) = (tx.id(), Cap::of(mail.kind));
        let to_hash = self.secrets.mac(Purpose::EmailHash, mail.to.to_lowercase().as_bytes())?.to_vec();
        // Until the end of the transaction nobody else writes to this address, so that each counts the other's.
        queries::lock_address(tx.conn, &to_hash).await?;
        let since = [DAY, cap.apart, BOUNCED_FOR].map(|span| tx.now - span);
        if !cap.allows(queries::standing(tx.conn, &to_hash, mail.kind, &Cap::counted_beside(), since).await?) {
            metrics::counter!("colloquy_mails_withheld_total", "kind" => mail.kind).increment(1);
            tracing::info!(kind = mail.kind, "an address has had its mails, or refuses them");
            return Ok(false);
        }
        let sealed = seal(&self.secrets, id, &mail)?;
        let (kind, person_id) = (mail.kind, mail.person_id);
        let row = NewMail { id, sealed, created_at: tx.now, next_attempt_at: tx.now, to_hash, kind, person_id };
        queries::insert(tx.conn, &row).await?;
        Ok(true)
    }

    /// Sends the postman round now. To be called after the commit; forgotten, the mail waits for the next round.
    pub fn wake(&self) {
        self.filled.notify_one();
    }
}

fn seal(secrets: &Secrets, id: Uuid, mail: &Mail) -> Result<Vec<u8>> {
    let content = serde_json::to_vec(mail).map_err(Error::internal)?;
    secrets.seal(Purpose::Mail, id.as_bytes(), &content)
}

/// Reads what an outbox sealed.
pub fn open(secrets: &Secrets, id: Uuid, sealed: &[u8]) -> Result<Mail> {
    let content = secrets.open(Purpose::Mail, id.as_bytes(), sealed)?;
    serde_json::from_slice(&content).map_err(Error::internal)
}

/// Takes back what waits to be sent to an address, and forgets that mails went there or were refused. `to_hash` is the
/// keyed hash of the address in lower case ([`Purpose::EmailHash`]). What is to be sent nevertheless, such as the word
/// that this was done, is enqueued afterwards.
///
/// # Errors
/// When the database is away.
pub async fn erase(tx: &mut Tx<'_>, to_hash: &[u8]) -> Result<()> {
    queries::lock_address(tx.conn, to_hash).await?;
    queries::erase_mails(tx.conn, to_hash).await?;
    queries::forget_bounce(tx.conn, to_hash).await?;
    Ok(())
}

/// Forgets mails that were dealt with a month ago, and bounces that count no longer. Returns how many.
///
/// # Errors
/// When the database is away.
pub async fn sweep(journal: &Journal) -> Result<usize> {
    let swept = journal.write(async |tx| {
        let mails = queries::forget(tx.conn, tx.now - REMEMBERED_FOR).await?;
        Ok(mails + queries::forget_bounces(tx.conn, tx.now - BOUNCED_FOR).await?)
    });
    swept.await
}
