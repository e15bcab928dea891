//! The last look at comments before they are written: whether they were said before, and whether their challenges were
//! used before.

use super::{
    super::{
        queries::prints,
        rules,
        types::{Arrival, Draft, Said, Submission},
    },
    post::New,
};
use crate::{
    db::{Conn, if_any},
    error::Result,
    events::Tx,
    secrets::Secrets,
    throttle::{self, Challenge, Entry},
};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;
use uuid::Uuid;

/// How long the same is not taken again.
const REMEMBERED: TimeDelta = TimeDelta::hours(24);

/// A comment as it comes in.
///
/// # Errors
/// Only if the cryptographic library fails.
pub fn arrival(secrets: &Secrets, submission: &Submission, draft: &Draft, new: &New) -> Result<Arrival> {
    let newcomer = draft.guest.as_ref().map(|guest| (submission.network, guest.name.as_str()));
    let said = Said {
        author_id: new.account_id.or(new.guest_id),
        newcomer,
        article_id: new.article_id,
        parent_id: new.parent_id,
        markdown: &new.text.body_markdown,
    };
    let prints = rules::prints(secrets, &said)?;
    Ok(Arrival { comment_id: new.id, prints, known: newcomer.is_none(), entry: draft.entry })
}

/// Whose each print is now.
pub type Owners = HashMap<Vec<u8>, Uuid>;

/// Looks in one statement whether comments were said before, of equal ones taking the first. Their threads are held, so that
/// nobody who says the same in the same place is waited for.
///
/// # Errors
/// When the database is away.
pub async fn take(conn: &Conn, arrivals: &[&Arrival], now: DateTime<Utc>) -> Result<Owners> {
    let taken = if_any(arrivals, prints::take(conn, arrivals, now, now + REMEMBERED)).await?;
    Ok(taken.into_iter().map(|taken| (taken.print, taken.comment_id)).collect())
}

/// Admits comments together, each by itself, by whose their prints are; in one statement it looks, where there are any, whether
/// their challenges were used before. Of those that are refused nothing is kept. Nothing else may be wrong with them.
///
/// # Errors
/// When the database is away. Each verdict may be [`Code::DuplicateComment`](crate::error::Code::DuplicateComment) or
/// [`Code::ChallengeFailed`](crate::error::Code::ChallengeFailed).
pub async fn admit(tx: &mut Tx<'_>, arrivals: &[&Arrival], owners: &Owners) -> Result<Vec<Result<()>>> {
    let mut verdicts: Vec<_> = arrivals.iter().map(|arrival| rules::first_said(arrival, owners)).collect();
    // Only now: nobody loses a challenge by saying something twice.
    let worked = |(arrival, verdict): (&&Arrival, &Result<()>)| match arrival.entry {
        Entry::Worked(challenge) if verdict.is_ok() => Some(challenge),
        _ => None,
    };
    let challenges: Vec<Challenge> = arrivals.iter().zip(&verdicts).filter_map(worked).collect();
    let mut fresh = throttle::use_up(tx.conn, &challenges).await?.into_iter();
    for pair in arrivals.iter().zip(&mut verdicts) {
        if worked((pair.0, &*pair.1)).is_some() && fresh.next() != Some(true) {
            *pair.1 = Err(throttle::used());
        }
    }
    let refused = arrivals.iter().zip(&verdicts).filter(|(_, verdict)| verdict.is_err());
    let refused: Vec<Uuid> = refused.map(|(arrival, _)| arrival.comment_id).collect();
    if !refused.is_empty() {
        prints::forget(tx.conn, &refused).await?;
    }
    Ok(verdicts)
}
