//! What is done now and then, on every node.

use crate::{accounts, comments, error::Result, events::Journal, mail, throttle};
use std::time::Duration;

/// How often it is tidied up.
const ROUND: Duration = Duration::from_hours(1);

/// Forgets what is not needed any more. Runs for ever.
pub async fn keep_house(journal: Journal) {
    loop {
        if let Err(error) = tidy_up(&journal).await {
            tracing::warn!(cause = format!("{error:#}"), "what has expired is not forgotten; trying again later");
        }
        tokio::time::sleep(ROUND).await;
    }
}

async fn tidy_up(journal: &Journal) -> Result<()> {
    let forgotten = accounts::sweep(journal).await?
        + comments::sweep(journal).await?
        + mail::sweep(journal).await?
        + throttle::sweep(journal).await?
        + journal.forget_old_answers().await?;
    tracing::debug!(forgotten, "tidied up");
    Ok(())
}
