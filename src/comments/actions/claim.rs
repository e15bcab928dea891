//! A guest turns out to have an account: what they left goes over into it, and the guest is forgotten.

use super::super::{
    companion::GuestCompanion,
    queries::{claims, erasure, mentions, own_guests, reports, reviews, verdicts},
    rules::manage_token,
    types::{Author, Claimed},
};
use super::{own_guest::NOTICES, react::lower};
use crate::{
    accounts,
    audit::{self, Entry},
    error::{Code, Error, Field, Result},
    events::{self, Event, Journal, Tx},
    http::actor::unauthenticated,
    mail, screening,
    secrets::Secrets,
};
use serde_json::json;
use uuid::Uuid;

/// Comments, reactions and mentions of one transaction, of each.
const BATCH: i64 = 500;

/// Moves what a guest wrote, gave and was called by into an account, in transactions of a bounded size. Whoever is
/// interrupted goes on by asking again. The manage token is good for nothing afterwards.
///
/// # Errors
/// [`Code::Validation`] for a token of nobody; [`Code::Conflict`] when there is nothing to move; as
/// [`GuestCompanion::hand_over`].
pub async fn claim(
    journal: &Journal,
    secrets: &Secrets,
    companion: &dyn GuestCompanion,
    account_id: Uuid,
    manage_token: &str,
) -> Result<Claimed> {
    let guest_id = manage_token::read(secrets, manage_token).map_err(|error| match error.code {
        Code::Unauthenticated => of_nobody(),
        _ => error,
    })?;
    let mut claimed = Claimed::default();
    loop {
        let (moved, done) =
            journal.write(async |tx| take_over(tx, secrets, companion, guest_id, account_id, claimed).await).await?;
        claimed = moved;
        if done {
            return Ok(claimed);
        }
    }
}

fn of_nobody() -> Error {
    Error::validation(vec![Field::body("/manage_token", "bad_token", "is no guest's, or is good no more")])
}

/// One transaction's part, on top of what was moved `before`; and whether that was the last.
async fn take_over(
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    companion: &dyn GuestCompanion,
    guest_id: Uuid,
    account_id: Uuid,
    before: Claimed,
) -> Result<(Claimed, bool)> {
    let article_id = claims::article_of(tx.conn, guest_id).await?.ok_or_else(of_nobody)?;
    // The thread before the guest, as whoever posts takes them.
    let thread = erasure::hold(tx.conn, &[article_id]).await?.pop();
    own_guests::hold(tx.conn, guest_id).await?.ok_or_else(of_nobody)?;
    let written = claims::move_comments(tx.conn, guest_id, account_id, BATCH).await?;
    reviews::claim(tx.conn, guest_id, account_id).await?;
    verdicts::claim(tx.conn, guest_id, account_id).await?;
    let (reactions, seen) = take_reactions(tx, guest_id, account_id, &written).await?;
    let (mentions, called) = take_mentions(tx, guest_id, account_id).await?;
    let claimed = Claimed {
        comments: before.comments + written.len(),
        reactions: before.reactions + reactions,
        mentions: before.mentions + mentions,
        private_threads: before.private_threads + companion.hand_over(tx, guest_id, account_id).await?,
    };
    if claimed == Claimed::default() && seen == 0 {
        return Err(Error::new(Code::Conflict, "There is nothing of this guest to claim."));
    }
    // What went over in private is nobody's business.
    let public = Claimed { private_threads: 0, ..claimed } != Claimed::default() || seen > 0;
    if let Some(thread) = thread.filter(|_| public) {
        tx.append(Event {
            kind: "thread.guest_claimed",
            stream: article_id,
            version: thread.version,
            tags: vec![format!("thread:{article_id}")],
            data: json!({ "article_id": article_id }),
            actor_id: Some(account_id),
        });
    }
    let done = [written.len(), seen, called].iter().all(|taken| i64::try_from(*taken).is_ok_and(|taken| taken < BATCH))
        && events::forget_mentioned(tx, guest_id).await?;
    if done {
        events::forget_answers_of(tx, &format!("guest:{guest_id}")).await?;
        reports::hand_over(tx.conn, guest_id, account_id).await?;
        screening::hand_over_sanctions(tx, guest_id, account_id).await?;
        take_wishes(tx, secrets, article_id, guest_id, account_id).await?;
        erasure::forget_guest(tx.conn, guest_id).await?;
        let entry =
            Entry { data: json!({ "article_id": article_id }), ..Entry::own("account.guest_claimed", account_id) };
        audit::record(tx, entry).await?;
    }
    Ok((claimed, done))
}

/// What the guest wanted no mails about, the account wants none about. It is held, so that what is kept for it goes with it.
async fn take_wishes(
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    article_id: Uuid,
    guest_id: Uuid,
    account_id: Uuid,
) -> Result<()> {
    if !accounts::hold_account(tx, account_id).await? {
        return Err(unauthenticated("The account is gone."));
    }
    if own_guests::subscribed(tx.conn, guest_id, article_id).await? == Some(false) {
        mail::unsubscribe(tx, account_id, &NOTICES).await?;
    }
    mail::hand_over(tx, secrets, guest_id, account_id).await
}

/// How many reactions were moved, and how many were looked at. What was given twice counts once; what turns out to have
/// been given to one's own comment, one of those that were `written` as a guest or as a member, counts no more.
async fn take_reactions(tx: &mut Tx<'_>, guest_id: Uuid, account_id: Uuid, written: &[Uuid]) -> Result<(usize, usize)> {
    let on = claims::reacted_to(tx.conn, guest_id, BATCH).await?;
    let (people, touched) = ([guest_id, account_id], [written, &on].concat());
    let mut gone = claims::take_own_reactions(tx.conn, people, account_id, &touched).await?;
    gone.extend(claims::take_doubled_reactions(tx.conn, guest_id, account_id, &on).await?);
    lower(tx.conn, gone).await?;
    let moved = claims::move_reactions(tx.conn, guest_id, account_id, &on).await?;
    Ok((moved, on.len()))
}

/// How many mentions were moved, and how many were looked at: nobody is called twice by one comment.
async fn take_mentions(tx: &mut Tx<'_>, guest_id: Uuid, account_id: Uuid) -> Result<(usize, usize)> {
    let calls = mentions::calls(tx.conn, Author::Guest(guest_id), BATCH).await?;
    if calls.is_empty() {
        return Ok((0, 0));
    }
    let calling: Vec<Uuid> = calls.iter().map(|(comment_id, _)| *comment_id).collect();
    let already = claims::calling_already(tx.conn, account_id, &calling).await?;
    mentions::forget(tx.conn, Author::Guest(guest_id), &already).await?;
    let moved = claims::move_mentions(tx.conn, guest_id, account_id, &calling).await?;
    Ok((moved, calling.len()))
}
