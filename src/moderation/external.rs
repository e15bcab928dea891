//! Asking somebody outside about comments that are held for it, after they are stored: as many at once as are allowed, on
//! as many nodes as there are.

use crate::{
    comments::{self, Settled, Unchecked},
    error::Result,
    events::Journal,
    screening::{AuthorKind, External, Opinion, Question},
};
use chrono::TimeDelta;
use futures_util::{StreamExt, stream::FuturesUnordered};
use std::time::Duration;

/// Questions under way at once, of one node.
const AT_ONCE: usize = 4;

/// How often it is looked for comments that wait to be asked about.
const ROUND: Duration = Duration::from_millis(500);

/// What a lease is longer than an answer may take; the answer has to be written, too.
const MARGIN: TimeDelta = TimeDelta::seconds(60);

/// How long it is waited after each failure. After the last one, the comment waits for a human.
const PAUSES: [TimeDelta; 5] = [
    TimeDelta::seconds(30),
    TimeDelta::minutes(2),
    TimeDelta::minutes(10),
    TimeDelta::minutes(30),
    TimeDelta::hours(2),
];

/// Whoever asks.
pub struct Asker {
    /// To read and write with.
    pub journal: Journal,
    /// Who is asked.
    pub external: External,
}

impl Asker {
    /// Runs for ever.
    pub async fn run(self) {
        let mut asking = FuturesUnordered::new();
        loop {
            let leased = self.lease(AT_ONCE - asking.len()).await.unwrap_or_else(|error| {
                tracing::warn!(cause = format!("{error:#}"), "comments that wait for the external check are not read");
                Vec::new()
            });
            asking.extend(leased.into_iter().map(|leased| self.ask(leased)));
            tokio::select! {
                Some(()) = asking.next() => {}
                () = tokio::time::sleep(ROUND) => {}
            }
        }
    }

    /// In a short transaction of its own: nothing is held while somebody is asked, and if this process dies meanwhile, it
    /// comes round by itself.
    async fn lease(&self, limit: usize) -> Result<Vec<Unchecked>> {
        let limit = i64::try_from(limit).unwrap_or_default();
        if limit == 0 {
            return Ok(Vec::new());
        }
        let lease = TimeDelta::from_std(self.external.patience()).unwrap_or(MARGIN) + MARGIN;
        self.journal.write(async |tx| comments::lease_unchecked(tx, tx.now + lease, limit).await).await
    }

    async fn ask(&self, leased: Unchecked) {
        // Nothing of what was asked or answered is logged.
        if let Err(error) = self.settle(&leased).await {
            tracing::warn!(
                comment = %leased.id, cause = format!("{error:#}"),
                "what the external check says cannot be written; it is asked again when the lease is over"
            );
        }
    }

    async fn settle(&self, leased: &Unchecked) -> Result<()> {
        let author = if leased.by_guest { AuthorKind::Guest } else { AuthorKind::Member };
        let Unchecked { id, revision, text, html, language, .. } = leased;
        let question = Question { id: *id, revision: *revision, text, html, language: language.as_deref(), author };
        let outcome = match self.external.ask(&question).await {
            Ok(opinion) => self.act_on(leased, &opinion).await?,
            Err(failure) => {
                let failure = failure.to_string();
                tracing::warn!(comment = %id, tries = leased.tries, failure, "the external check gives no answer");
                metrics::counter!("colloquy_external_check_failures_total", "failure" => failure).increment(1);
                self.put_off(leased).await?;
                "failed"
            }
        };
        metrics::counter!("colloquy_external_checks_total", "outcome" => outcome).increment(1);
        Ok(())
    }

    async fn act_on(&self, leased: &Unchecked, opinion: &Opinion) -> Result<&'static str> {
        let settled = self.journal.write(async |tx| comments::settle_unchecked(tx, leased, opinion).await).await?;
        Ok(match settled {
            Settled::Shown => "shown",
            Settled::Held => "held",
            Settled::Rejected => "rejected",
            Settled::Late => "late",
        })
    }

    async fn put_off(&self, leased: &Unchecked) -> Result<()> {
        let failures = usize::try_from(leased.tries).unwrap_or(1).max(1);
        let pause = PAUSES.get(failures - 1).copied();
        let put_off = self.journal.write(async |tx| {
            let again_at = pause.map(|pause| tx.now + pause);
            comments::put_off_unchecked(tx, leased, again_at).await
        });
        put_off.await
    }
}
