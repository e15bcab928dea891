//! Calling people because of comments that should not wait.

use super::{
    letters, on_call,
    queries::alerts as queries,
    rules,
    types::{NewAlert, Standing},
};
use crate::{
    comments,
    config::Settings,
    db::Pool,
    error::Result,
    events::{Journal, Tx},
    mail::Outbox,
    secrets::Secrets,
};
use chrono::TimeDelta;
use std::time::Duration;

/// How often the alarm looks. It asks the database and is told nothing: what says that a comment should not wait would be
/// heard by others, too.
const ROUND: Duration = Duration::from_secs(1);

/// How long after its time a call counts as one that nobody could be found for.
const OVERDUE: TimeDelta = TimeDelta::minutes(1);

/// Alerts that one round deals with.
const AT_ONCE: i64 = 100;

/// Raises alerts and calls people, on as many nodes as there are: each call is made by one of them. All that it goes by is
/// what is committed, so that whatever stops it, the next round goes on where it was.
pub struct Alarm {
    /// To read with.
    pub pool: Pool,
    /// To write with.
    pub journal: Journal,
    /// What addresses are sealed with.
    pub secrets: Secrets,
    /// Whose name stands in the mails, and how long people have.
    pub settings: Settings,
    /// Where the mails go.
    pub outbox: Outbox,
}

impl Alarm {
    /// Runs for ever.
    pub async fn run(self) {
        loop {
            if let Err(error) = self.go_round().await {
                tracing::warn!(cause = format!("{error:#}"), "nobody can be called; trying again");
            }
            tokio::time::sleep(ROUND).await;
        }
    }

    /// Sets the alerts right and calls whoever is to be called.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn go_round(&self) -> Result<()> {
        let (standing, urgent) = {
            let mut conn = self.pool.get().await?;
            // In this order: an alert whose comment is not found has been seen before the comment was decided.
            let standing = queries::standing(&mut conn).await?;
            (standing, comments::list_urgent(&mut conn).await?)
        };
        let changes = rules::changes(&urgent, &standing);
        let is_due = standing.iter().any(|alert| alert.next_at.is_some_and(|at| at <= self.journal.now()));
        if !changes.raise.is_empty() || !changes.end.is_empty() {
            self.journal.write(async |tx| set_right(tx, &changes).await).await?;
        }
        if is_due || !changes.raise.is_empty() {
            let called = self.journal.write(async |tx| self.call(tx).await).await?;
            if called {
                self.outbox.wake();
            }
        }
        let open = || standing.iter().filter(|alert| alert.acknowledged_at.is_none());
        // Nobody is left to be called, or nobody could be.
        let is_given_up = |alert: &&Standing| alert.next_at.is_none_or(|at| at + OVERDUE < self.journal.now());
        gauge("colloquy_alerts_open", open().count());
        gauge("colloquy_alerts_given_up", open().filter(is_given_up).count());
        Ok(())
    }

    /// Calls whose turn it is, and says whether somebody was called. With nobody on call, what is due stays due.
    async fn call(&self, tx: &mut Tx<'_>) -> Result<bool> {
        let due = queries::lock_due(tx.conn, tx.now, AT_ONCE).await?;
        let people =
            if due.is_empty() { Vec::new() } else { on_call::reachable(tx.conn, &self.secrets, tx.now).await? };
        if people.is_empty() {
            return Ok(false);
        }
        let (turns, over) = rules::turns(&due, people.len());
        for (turn, alert_ids) in &turns {
            let Some((_, address)) = people.get(*turn) else { continue };
            let settings = &self.settings;
            let letter = letters::waiting(address, &settings.publication_name, &settings.public_url(), alert_ids);
            let sent = self.outbox.enqueue(tx, &letter).await?;
            // Whoever cannot be reached now is no reason to wait for an answer.
            let next_at = if sent { tx.now + settings.alert_time() } else { tx.now };
            queries::called(tx.conn, alert_ids, next_at).await?;
        }
        if !over.is_empty() {
            tracing::error!(alerts = over.len(), "nobody on call has answered");
            queries::give_up(tx.conn, &over).await?;
        }
        Ok(!turns.is_empty())
    }
}

async fn set_right(tx: &mut Tx<'_>, changes: &rules::Changes) -> Result<()> {
    let new: Vec<NewAlert> = changes
        .raise
        .iter()
        .map(|(comment_id, priority)| NewAlert {
            id: tx.id(),
            comment_id: *comment_id,
            priority: *priority,
            created_at: tx.now,
            next_at: tx.now,
        })
        .collect();
    queries::end(tx.conn, &changes.end).await?;
    queries::raise(tx.conn, &new).await?;
    Ok(())
}

fn gauge(name: &'static str, count: usize) {
    metrics::gauge!(name).set(f64::from(u32::try_from(count).unwrap_or(u32::MAX)));
}
