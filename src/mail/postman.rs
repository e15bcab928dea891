//! The job that sends what is in the outbox.

use super::{
    outbox::open,
    queries,
    schedule::{MAX_ATTEMPTS, wait},
    transport::{Refusal, Transport},
    types::DueMail,
};
use crate::{
    clock::Clock,
    config::Settings,
    db::{Pool, transaction},
    error::Result,
    secrets::Secrets,
};
use std::{sync::Arc, time::Duration};
use tokio::sync::Notify;

/// How often the postman looks without being sent for: mails of other nodes, and those to be tried again.
const ROUND: Duration = Duration::from_secs(15);

/// Sends mails, on as many nodes as there are: each attempt is made by one of them.
pub struct Postman {
    pool: Pool,
    transport: Option<Transport>,
    secrets: Secrets,
    clock: Clock,
    filled: Arc<Notify>,
}

impl Postman {
    /// A postman for the calling thread's runtime, sent for by `filled`.
    ///
    /// # Errors
    /// Names the setting that is not acceptable.
    pub fn new(
        pool: Pool,
        settings: &Settings,
        secrets: Secrets,
        clock: Clock,
        filled: Arc<Notify>,
    ) -> anyhow::Result<Self> {
        let transport = Transport::new(settings, clock.clone())?;
        Ok(Self { pool, transport, secrets, clock, filled })
    }

    /// Runs for ever.
    pub async fn run(self) {
        loop {
            if let Err(error) = self.go_round().await {
                tracing::warn!(cause = format!("{error:#}"), "mails cannot be sent; trying again");
            }
            tokio::select! {
                () = self.filled.notified() => {}
                () = tokio::time::sleep(ROUND) => {}
            }
        }
    }

    /// Attempts every mail that is due, until the way out turns out to be closed. Returns how many were sent.
    ///
    /// # Errors
    /// When the database is away. A mail that is refused is no error: it waits.
    pub async fn go_round(&self) -> Result<usize> {
        let Some(transport) = &self.transport else { return Ok(0) };
        let mut sent = 0;
        while let Some(due) = self.claim().await? {
            let outcome = match open(&self.secrets, due.id, &due.sealed) {
                Ok(mail) => transport.send(due.id, &mail).await,
                Err(_) => Err(Refusal::ForNow("does not open: was COLLOQUY_SECRET changed?".into())),
            };
            self.note(&due, &outcome).await?;
            match outcome {
                Ok(()) => sent += 1,
                Err(Refusal::NoWay(_)) => break,
                Err(Refusal::Bounced(_) | Refusal::ForGood(_) | Refusal::ForNow(_)) => {}
            }
        }
        Ok(sent)
    }

    /// Takes a mail and says when it is due again, in one short transaction: no lock is held while a mail server
    /// thinks, and if this process dies meanwhile, the mail comes round by itself.
    async fn claim(&self) -> Result<Option<DueMail>> {
        let (mut conn, now) = (self.pool.get().await?, self.clock.now());
        transaction(&mut conn, async |conn| {
            let Some(mut mail) = queries::lock_due(conn, now).await? else { return Ok(None) };
            mail.attempts = mail.attempts.saturating_add(1);
            queries::begin_attempt(conn, mail.id, mail.attempts, now + wait(mail.attempts)).await?;
            Ok(Some(mail))
        })
        .await
    }

    async fn note(&self, due: &DueMail, outcome: &std::result::Result<(), Refusal>) -> Result<()> {
        let mut conn = self.pool.get().await?;
        let (mail, attempts, now) = (due.id, due.attempts, self.clock.now());
        let last = attempts >= MAX_ATTEMPTS;
        match outcome {
            Ok(()) => {
                metrics::counter!("colloquy_mails_sent_total").increment(1);
                tracing::debug!(%mail, attempts, "mail sent");
                queries::sent(&mut conn, mail, now).await?;
                if let Some(to_hash) = &due.to_hash {
                    queries::forget_bounce(&mut conn, to_hash).await?;
                }
            }
            Err(Refusal::Bounced(status)) => {
                metrics::counter!("colloquy_mails_bounced_total").increment(1);
                tracing::warn!(%mail, attempts, status, "mailbox gone");
                if let Some(to_hash) = &due.to_hash {
                    queries::note_bounce(&mut conn, to_hash, status, now).await?;
                }
                queries::given_up(&mut conn, mail, &format!("bounced with {status}"), now).await?;
            }
            Err(Refusal::ForNow(reason) | Refusal::NoWay(reason)) if !last => {
                metrics::counter!("colloquy_mails_put_off_total").increment(1);
                tracing::warn!(%mail, attempts, reason, "mail put off");
                queries::failed(&mut conn, mail, reason).await?;
            }
            Err(Refusal::ForGood(reason) | Refusal::ForNow(reason) | Refusal::NoWay(reason)) => {
                metrics::counter!("colloquy_mails_given_up_total").increment(1);
                tracing::error!(%mail, attempts, reason, "mail given up");
                queries::given_up(&mut conn, mail, reason, now).await?;
            }
        }
        Ok(())
    }
}
