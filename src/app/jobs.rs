//! What is done now and then, on every node.

use crate::{accounts, error::Result, events::Journal, mail, privacy, secrets::Secrets};
use std::time::Duration;

/// How often it is tidied up.
const ROUND: Duration = Duration::from_hours(1);

/// Forgets what is not needed any more, and whoever wants to be forgotten. Runs for ever.
pub async fn keep_house(journal: Journal, secrets: Secrets) {
    loop {
        if let Err(error) = tidy_up(&journal).await {
            tracing::warn!(cause = format!("{error:#}"), "what has expired is not forgotten; trying again later");
        }
        if let Err(error) = privacy::erase_due(&journal, &secrets).await {
            tracing::warn!(cause = format!("{error:#}"), "who is to be erased is not; trying again later");
        }
        tokio::time::sleep(ROUND).await;
    }
}

async fn tidy_up(journal: &Journal) -> Result<()> {
    let forgotten = accounts::sweep(journal).await?
        + mail::sweep(journal).await?
        + privacy::sweep(journal).await?
        + journal.forget_old_answers().await?;
    tracing::debug!(forgotten, "tidied up");
    Ok(())
}
