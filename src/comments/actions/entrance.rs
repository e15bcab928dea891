//! How people come in to write, and leave without having written.

use super::super::types::Draft;
use crate::{
    error::Result,
    throttle::{Entry, SolvedChallenge, Throttle},
};

/// Lets in whoever wrote a draft: somebody new after some work, where that is asked.
///
/// # Errors
/// The draft's flaws; [`Code::ChallengeRequired`](crate::error::Code::ChallengeRequired),
/// [`Code::ChallengeFailed`](crate::error::Code::ChallengeFailed).
pub async fn let_in(throttle: &Throttle, draft: Result<Draft>, solved: Option<&SolvedChallenge>) -> Result<Draft> {
    let draft = draft?;
    let entry = throttle.enter(draft.guest.is_some(), solved).await?;
    Ok(Draft { entry, ..draft })
}

/// Counts nobody as a newcomer for what was not `written` now.
pub async fn see_off(throttle: &Throttle, entry: Entry, written: bool) {
    if written {
        return;
    }
    if let Err(error) = throttle.leave(entry).await {
        tracing::debug!(cause = format!("{error:#}"), "a guest who left is still counted");
    }
}
