//! What handlers and other rooms may ask for. Each runs in the caller's transaction.

mod answer;
mod copies;
mod decide;
mod drafts;
mod list;
mod saved_replies;

pub use answer::{Means, answer};
pub use copies::{drifted, repair};
pub use decide::{answer_elsewhere, claim, dismiss, release, reopen, snooze};
pub use drafts::{drop_draft, list_drafts, list_drafts_of, save_draft, see_draft};
pub use list::{count_desk, list_desk, see};
pub use saved_replies::{
    delete_saved_reply, edit_saved_reply, list_saved_replies, list_saved_replies_of, save_reply, see_saved_reply,
};

use super::{
    queries::{answers, drafts as drafts_rows, questions, saved_replies as saved_rows},
    rules,
    types::{GivenAnswer, Question},
};
use crate::{
    db::Conn,
    error::{Error, Result},
    events::Tx,
};
use std::collections::HashMap;
use uuid::Uuid;

/// A question that is on the desk, held until the end of the transaction. Threads and comments are locked before it.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound) for a comment that is not on the desk.
pub async fn lock_question(tx: &mut Tx<'_>, comment_id: Uuid) -> Result<Question> {
    let question = questions::hold(tx.conn, &[comment_id]).await?.pop();
    question.filter(|question| question.shown).ok_or_else(Error::not_found)
}

/// Notes at once that a comment that is being posted answers another; whoever follows the events finds the same later. What is
/// no question stays none.
///
/// # Errors
/// When the database is away.
pub async fn answered(tx: &mut Tx<'_>, comment_id: Uuid, answer_id: Uuid, by: Uuid) -> Result<()> {
    let held = questions::hold(tx.conn, &[comment_id]).await?;
    let answer = GivenAnswer { answer_id, comment_id, given_by: Some(by), given_at: tx.now };
    answers::keep(tx.conn, &[answer]).await?;
    settle(tx.conn, held).await
}

/// Sets questions that are held right with their answers.
pub(super) async fn settle(conn: &mut Conn, held: Vec<Question>) -> Result<()> {
    let settled = settled(conn, held.clone()).await?;
    let changed = settled.into_iter().zip(&held).filter(|(now, before)| now != *before);
    store(conn, &changed.map(|(now, _)| now).collect::<Vec<_>>()).await
}

/// Questions as their answers are.
pub(super) async fn settled(conn: &mut Conn, questions: Vec<Question>) -> Result<Vec<Question>> {
    let ids: Vec<Uuid> = questions.iter().map(|question| question.comment_id).collect();
    let mut first: HashMap<Uuid, GivenAnswer> =
        answers::first_of(conn, &ids).await?.into_iter().map(|answer| (answer.comment_id, answer)).collect();
    let settled = |question: Question| {
        let answer = first.remove(&question.comment_id);
        rules::settle(question, answer.as_ref())
    };
    Ok(questions.into_iter().map(settled).collect())
}

/// Writes questions that are held as they are now.
pub(super) async fn store(conn: &mut Conn, changed: &[Question]) -> Result<()> {
    if !changed.is_empty() {
        questions::store(conn, changed).await?;
    }
    Ok(())
}

/// Questions that one transaction takes an account off, of each kind.
const BATCH: i64 = 500;

/// Forgets that an account that is erased decided on questions, and that it is asked, of a bounded number of them. True when none
/// is left.
///
/// # Errors
/// When the database is away.
pub async fn forget_on_questions(tx: &mut Tx<'_>, account_id: Uuid) -> Result<bool> {
    let decided = questions::decided_by(tx.conn, account_id, BATCH).await?;
    let asked = questions::asked_of(tx.conn, account_id, BATCH).await?;
    let ids = [decided.as_slice(), asked.as_slice()].concat();
    if !ids.is_empty() {
        questions::hold(tx.conn, &ids).await?;
        questions::forget_person(tx.conn, &ids, account_id).await?;
    }
    Ok([decided, asked].iter().all(|taken| i64::try_from(taken.len()).is_ok_and(|taken| taken < BATCH)))
}

/// Lets go of what an account that is erased has to do with the desk: what it had claimed waits again, and
/// what it kept for itself goes.
///
/// # Errors
/// When the database is away.
pub async fn forget_coach(tx: &mut Tx<'_>, account_id: Uuid) -> Result<()> {
    let ids = questions::claimed_by(tx.conn, account_id).await?;
    let held = questions::hold(tx.conn, &ids).await?;
    let theirs = held.into_iter().filter(|question| question.claimed_by == Some(account_id));
    store(tx.conn, &theirs.map(rules::release).collect::<Vec<_>>()).await?;
    drafts_rows::forget(tx.conn, account_id).await?;
    saved_rows::forget(tx.conn, account_id).await?;
    Ok(())
}
