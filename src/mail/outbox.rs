//! Where rooms put their mails.

use super::{
    queries,
    types::{Mail, NewMail},
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

    /// Writes a mail, which is sent if and when the transaction commits.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn enqueue(&self, tx: &mut Tx<'_>, mail: &Mail) -> Result<()> {
        let id = tx.id();
        let row = NewMail { id, sealed: seal(&self.secrets, id, mail)?, created_at: tx.now, next_attempt_at: tx.now };
        queries::insert(tx.conn, &row).await?;
        Ok(())
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

/// Forgets mails that were dealt with a month ago. Returns how many.
///
/// # Errors
/// When the database is away.
pub async fn sweep(journal: &Journal) -> Result<usize> {
    journal.write(async |tx| Ok(queries::forget(tx.conn, tx.now - REMEMBERED_FOR).await?)).await
}
