//! What coaches do with questions.

use super::{
    super::{
        rules,
        types::{DeskItem, Question, QuestionState},
    },
    list::{names_in, see},
    lock_question, store,
};
use crate::{
    audit::{self, Entry},
    error::Result,
    events::Tx,
    http::actor::Actor,
};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

/// Gives a question to a coach alone for as long as `lease`, or goes on doing so. With `take_over` also one that another has.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound); [`Code::Conflict`](crate::error::Code::Conflict) when another has it,
/// naming who and until when, or when it does not wait, naming how it stands.
pub async fn claim(tx: &mut Tx<'_>, by: &Actor, id: Uuid, lease: TimeDelta, take_over: bool) -> Result<DeskItem> {
    let question = lock_question(tx, id).await?;
    let taken_from = question.claim(tx.now).map(|(claimer, _)| claimer).filter(|claimer| *claimer != by.account_id);
    match taken_from.filter(|_| take_over) {
        Some(claimer) => {
            let data = json!({ "from": claimer });
            let (actor_id, subject_id) = (Some(by.account_id), Some(id));
            let entry = Entry { kind: "question.taken_over", actor_id, subject_id, network_hash: None, data };
            audit::record(tx, entry).await?;
        }
        None => free(tx, &question, by).await?,
    }
    let until = tx.now + lease;
    store(tx.conn, &[rules::claim(question, by.account_id, until)]).await?;
    see(tx.conn, id, by.account_id, tx.now).await
}

/// Gives back what a coach has alone. Where nobody has it, nothing happens.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound); [`Code::Conflict`](crate::error::Code::Conflict) when another has it.
pub async fn release(tx: &mut Tx<'_>, by: &Actor, id: Uuid) -> Result<()> {
    let question = lock_question(tx, id).await?;
    let Some((claimer, _)) = question.claim(tx.now) else { return Ok(()) };
    if claimer != by.account_id {
        return free(tx, &question, by).await;
    }
    store(tx.conn, &[rules::release(question)]).await
}

/// Says that a question needs no answer.
///
/// # Errors
/// As [`claim`].
pub async fn dismiss(tx: &mut Tx<'_>, by: &Actor, id: Uuid) -> Result<DeskItem> {
    close(tx, by, id, QuestionState::Dismissed).await
}

/// Says that a question was answered where the thread does not show it.
///
/// # Errors
/// As [`claim`].
pub async fn answer_elsewhere(tx: &mut Tx<'_>, by: &Actor, id: Uuid) -> Result<DeskItem> {
    close(tx, by, id, QuestionState::AnsweredElsewhere).await
}

async fn close(tx: &mut Tx<'_>, by: &Actor, id: Uuid, state: QuestionState) -> Result<DeskItem> {
    let question = lock_question(tx, id).await?;
    free(tx, &question, by).await?;
    store(tx.conn, &[rules::close(question, state, by.account_id, tx.now)]).await?;
    see(tx.conn, id, by.account_id, tx.now).await
}

/// Puts a question off until a time.
///
/// # Errors
/// As [`claim`]; [`Code::Validation`](crate::error::Code::Validation) for a time that is over or too far away.
pub async fn snooze(tx: &mut Tx<'_>, by: &Actor, id: Uuid, until: DateTime<Utc>) -> Result<DeskItem> {
    rules::check_snooze(until, tx.now)?;
    let question = lock_question(tx, id).await?;
    free(tx, &question, by).await?;
    store(tx.conn, &[rules::snooze(question, until)]).await?;
    see(tx.conn, id, by.account_id, tx.now).await
}

/// Has a question wait again that was answered, put off or closed.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound); [`Code::Conflict`](crate::error::Code::Conflict) naming how it stands.
pub async fn reopen(tx: &mut Tx<'_>, by: &Actor, id: Uuid) -> Result<DeskItem> {
    let question = lock_question(tx, id).await?;
    store(tx.conn, &[rules::reopen(question, by.account_id, tx.now)?]).await?;
    see(tx.conn, id, by.account_id, tx.now).await
}

async fn free(tx: &mut Tx<'_>, question: &Question, by: &Actor) -> Result<()> {
    let names = names_in(tx.conn, [question]).await?;
    rules::free(question, by.account_id, &names, tx.now)
}
