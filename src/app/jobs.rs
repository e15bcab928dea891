//! What is done now and then, on every node.

use crate::{
    accounts::{self, Keys, Tokens},
    audit,
    clock::Clock,
    comments,
    db::Pool,
    error::Result,
    events::Journal,
    mail, privacy,
    published::Published,
    screening,
    secrets::Secrets,
    throttle,
};
use std::{sync::Arc, time::Duration};
use tokio::sync::{Notify, watch};

/// How often it is tidied up.
const ROUND: Duration = Duration::from_hours(1);

/// How soon what failed is tried again of which somebody may be in need.
const AGAIN: Duration = Duration::from_secs(1);

/// Forgets what is not needed any more, and whoever wants to be forgotten. Tells `tidied` once it has done so. Runs for ever.
pub async fn keep_house(journal: Journal, secrets: Secrets, tidied: watch::Sender<bool>) {
    loop {
        tidy_up(&journal).await;
        if let Err(error) = privacy::erase_due(&journal, &secrets).await {
            tracing::warn!(cause = format!("{error:#}"), "who is to be erased is not; trying again later");
        }
        tidied.send_replace(true);
        tokio::time::sleep(ROUND).await;
    }
}

/// Each by itself: what cannot be forgotten now keeps nothing else from being.
async fn tidy_up(journal: &Journal) {
    let swept = [
        ("accounts", accounts::sweep(journal).await),
        ("audit", audit::sweep(journal).await),
        ("comments", comments::sweep(journal).await),
        ("history", comments::prune_history(journal).await),
        ("mail", mail::sweep(journal).await),
        ("sanctions", screening::sweep(journal).await),
        ("throttle", throttle::sweep(journal).await),
        ("privacy", privacy::sweep(journal).await),
        ("answers", journal.forget_old_answers().await),
    ];
    for (room, swept) in swept {
        match swept {
            Ok(forgotten) => tracing::debug!(room, forgotten, "tidied up"),
            Err(error) => {
                tracing::warn!(
                    room,
                    cause = format!("{error:#}"),
                    "what has expired is not forgotten; trying again later"
                );
            }
        }
    }
}

/// Counts, on and on, the support resources that should be checked again. Runs for ever.
pub async fn watch_support(pool: Pool, days: u32, clock: Clock) {
    let mut known = 0;
    loop {
        let mut pause = SUPPORT_ROUND;
        match count_stale(&pool, days, &clock).await {
            Ok(stale) => {
                metrics::gauge!("colloquy_support_stale").set(f64::from(stale));
                if stale > known {
                    tracing::warn!(stale, days, "support resources have not been checked for long");
                }
                known = stale;
            }
            Err(error) => {
                tracing::warn!(cause = format!("{error:#}"), "support resources are not counted; trying again");
                pause = AGAIN;
            }
        }
        tokio::time::sleep(pause).await;
    }
}

async fn count_stale(pool: &Pool, days: u32, clock: &Clock) -> Result<u32> {
    let stale = screening::count_stale_support(&mut *pool.get().await?, clock.now().date_naive(), days).await?;
    Ok(u32::try_from(stale).unwrap_or(u32::MAX))
}

/// How often support resources are counted that should be checked again.
const SUPPORT_ROUND: Duration = Duration::from_mins(1);

/// How often the keys are read without being told that they changed.
const KEYS_ROUND: Duration = Duration::from_mins(1);

/// Whoever sees to it that this process signs and checks with the keys of today.
pub struct KeyRing {
    pub pool: Pool,
    pub tokens: Tokens,
    pub secrets: Secrets,
    pub clock: Clock,
    pub published: Published,
}

impl KeyRing {
    /// Reads the keys whenever they were `touched`, and now and then: some retire by themselves. Runs for ever.
    pub async fn keep(self, touched: Arc<Notify>) {
        let mut pause = KEYS_ROUND;
        loop {
            tokio::select! {
                () = touched.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
            pause = KEYS_ROUND;
            if let Err(error) = self.read().await {
                tracing::warn!(cause = format!("{error:#}"), "the signing keys are not read; trying again");
                pause = AGAIN;
            }
        }
    }

    async fn read(&self) -> Result<()> {
        let keys = Keys::load(&mut *self.pool.get().await?, &self.secrets, &self.clock).await?;
        if self.tokens.replace_keys(keys) {
            self.published.raise(&[accounts::KEYS_TAG.to_owned()]);
        }
        Ok(())
    }
}
