//! How coaches come into threads, and go.

use super::{
    super::{
        queries::{coaches, drafts, threads},
        types::{HandOver, NewCoach, Part, Who},
    },
    open::acting_coach,
    seats::hold,
    tell::tell_coach,
};
use crate::{
    comments::Reception,
    error::{Code, Error, Result},
    events::Tx,
};
use uuid::Uuid;

/// Lets a coach into a thread that waits, and that she can take. Of two, one is first; where she is in already, nothing
/// happens.
///
/// # Errors
/// [`Code::NotFound`] for every other thread, also one that somebody took: whoever is not in it has nothing to know of it.
pub async fn admit(tx: &mut Tx<'_>, id: Uuid, coach_id: Uuid, who: Who) -> Result<()> {
    if let Some((asked, last_no)) = threads::take(tx.conn, id, coach_id).await? {
        let coach = NewCoach { thread_id: id, account_id: coach_id, admitted_by: coach_id, admitted_at: tx.now };
        coaches::admit(tx.conn, &coach).await?;
        if asked == Some(coach_id) {
            // By the mail that said so.
            coaches::mark_told(tx.conn, id, &[coach_id], last_no).await?;
        }
        return Ok(());
    }
    match hold(tx, id, who).await?.part() {
        Part::Coach => Ok(()),
        Part::Reader => Err(Error::not_found()),
    }
}

/// Hands a thread over to another coach. The giver sees nothing of it from then on, unless she stays.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::Forbidden`] for the reader; [`Code::Validation`] for somebody who does not work as a coach, or is
/// the reader.
pub async fn hand_over(tx: &mut Tx<'_>, office: &Reception, id: Uuid, who: Who, to: HandOver) -> Result<()> {
    let seated = hold(tx, id, who).await?;
    let Some(giver) = seated.coach_id() else {
        return Err(Error::new(Code::Forbidden, "Only a coach hands a thread over."));
    };
    if to.coach_id == seated.thread.reader_id() {
        return Err(super::super::rules::no_coach());
    }
    acting_coach(tx, who, to.coach_id).await?;
    let taker = NewCoach { thread_id: id, account_id: to.coach_id, admitted_by: giver, admitted_at: tx.now };
    let is_new = coaches::admit(tx.conn, &taker).await? > 0;
    if !to.stay {
        coaches::dismiss(tx.conn, id, giver).await?;
        drafts::forget(tx.conn, id, giver).await?;
    }
    // Whoever is in it already learns nothing new.
    if is_new { tell_coach(tx, office, id, to.coach_id, seated.thread.last_no).await } else { Ok(()) }
}
