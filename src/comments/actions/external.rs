//! Comments that somebody outside is asked about after they are stored.

use super::{
    super::{
        queries::{external, reports},
        rules,
        types::{Change, CommentStatus, Decision, Order, Settled, Unchecked},
    },
    change::{hold, turn},
    decide::decide_each,
};
use crate::{
    error::{Code, Result},
    events::Tx,
    screening::Opinion,
};
use chrono::{DateTime, Utc};

/// Leases comments that are due to be asked about, `limit` at most, so that no other node asks until then.
///
/// # Errors
/// When the database is away.
pub async fn lease_unchecked(tx: &mut Tx<'_>, until: DateTime<Utc>, limit: i64) -> Result<Vec<Unchecked>> {
    Ok(external::lease(tx.conn, tx.now, until, limit).await?)
}

/// Puts off asking; for good, where no time is given: then somebody of the publication decides.
///
/// # Errors
/// When the database is away.
pub async fn put_off_unchecked(tx: &mut Tx<'_>, leased: &Unchecked, again_at: Option<DateTime<Utc>>) -> Result<()> {
    external::end(tx.conn, leased, again_at).await?;
    Ok(())
}

/// Acts on an opinion, if the comment is as it was when it was asked about. An approval shows it where nothing else
/// speaks against it.
///
/// # Errors
/// When the database is away.
pub async fn settle_unchecked(tx: &mut Tx<'_>, leased: &Unchecked, opinion: &Opinion) -> Result<Settled> {
    let (lock, placed) = match hold(tx, leased.id).await {
        Err(error) if error.code == Code::NotFound => return Ok(Settled::Late),
        held => held?,
    };
    let row = placed.comment;
    let is_same = row.status == CommentStatus::Held && row.revision == leased.revision;
    let priority = if is_same { external::end(tx.conn, leased, None).await? } else { None };
    let Some(priority) = priority else { return Ok(Settled::Late) };
    let for_a_moderator = priority.max(opinion.priority) > 0 || reports::is_open(tx.conn, row.id).await?;
    let (of_text, now) = ((row.id, row.revision), tx.now);
    external::answer(tx.conn, of_text, opinion.action.as_str(), &opinion.reason, now).await?;
    let others = external::other_actions(tx.conn, row.id, row.revision).await?;
    let status = rules::settle_checked(opinion.action, &others, for_a_moderator);
    let decision = match status {
        CommentStatus::Visible => Decision::Approve,
        CommentStatus::Rejected => Decision::Reject,
        status => {
            external::wait(tx.conn, row.id, status, opinion.priority).await?;
            if status != row.status {
                let change = Change { status, text: None, edited_at: None, deleted_at: None };
                turn(tx, &lock, &row, &change).await?;
            }
            return Ok(Settled::Held);
        }
    };
    let order = Order {
        comment_id: row.id,
        decision,
        reason: None,
        message: None,
        revision: Some(leased.revision),
        status: None,
    };
    match decide_each(tx, None, &[order]).await?.pop() {
        Some(Ok(decided)) if decided.status == CommentStatus::Visible => Ok(Settled::Shown),
        Some(Ok(_)) => Ok(Settled::Rejected),
        // A moderator is at it: what was said is noted for them.
        Some(Err(_)) | None => Ok(Settled::Held),
    }
}
