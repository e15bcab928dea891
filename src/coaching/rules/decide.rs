//! Who may do what with a question.

use super::super::types::{DeskQuery, Question, QuestionState};
use crate::{
    comments,
    error::{Code, Error, Field, Result},
    http::query::check_times,
};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;
use uuid::Uuid;

/// The longest time that a question is put off.
const LONGEST_SNOOZE: TimeDelta = TimeDelta::days(366);

/// Checks what the desk is asked for.
///
/// # Errors
/// [`Code::BadRequest`] for a priority that there is not, a section of no article, and words and times that Postgres has not.
pub fn check_filter(query: &DeskQuery) -> Result<()> {
    let refused = |name, code, detail| {
        let field = Field::parameter(name, code, detail);
        Err(Error::new(Code::BadRequest, "A query parameter is not acceptable.").at(field))
    };
    check_times([("asked_before", query.asked_before), ("asked_after", query.asked_after)])?;
    if query.priority.is_some_and(|priority| !(0..=3).contains(&priority)) {
        return refused("priority", "out_of_range", "must be 0 to 3");
    }
    if query.section_id.is_some() && query.article_id.is_none() {
        return refused("section_id", "no_article", "is a section of an article: give article_id too");
    }
    let words = [("section_id", &query.section_id, 100), ("tag", &query.tag, 100), ("language", &query.language, 35)];
    for (name, word, most) in words {
        let Some(word) = word else { continue };
        if word.contains('\0') {
            return refused(name, "malformed", "must not hold a NUL");
        }
        if word.chars().count() > most {
            return refused(name, "too_long", "is longer than any that there is");
        }
    }
    Ok(())
}

/// Checks until when a question is put off.
///
/// # Errors
/// [`Code::Validation`] for a time that is over, or too far away.
pub fn check_snooze(until: DateTime<Utc>, now: DateTime<Utc>) -> Result<()> {
    let flaw = if until <= now {
        ("over", "must be later than now")
    } else if until > now + LONGEST_SNOOZE {
        ("too_far", "must be within a year")
    } else {
        return Ok(());
    };
    Err(Error::validation(vec![Field::body("/until", flaw.0, flaw.1)]))
}

/// The error for a question that stands otherwise than what is asked for needs.
fn not_while(present: QuestionState) -> Error {
    Error::new(Code::Conflict, format!("The question is {}.", present.as_str().replace('_', " ")))
}

/// Whether somebody may do something with a question that nobody has answered or closed: nobody else is at it. `names` are
/// those of whoever is at it.
///
/// # Errors
/// [`Code::Conflict`] naming who is at it and until when, or the present state.
pub fn free(question: &Question, by: Uuid, names: &HashMap<Uuid, String>, now: DateTime<Utc>) -> Result<()> {
    match question.state(now) {
        QuestionState::Waiting | QuestionState::Snoozed => Ok(()),
        QuestionState::Claimed => match question.claim(now).filter(|(claimer, _)| *claimer != by) {
            Some((claimer, until)) => Err(comments::claimed(names.get(&claimer).map(String::as_str), until)),
            None => Ok(()),
        },
        present => Err(not_while(present)),
    }
}

/// The question in somebody's hands until then.
#[must_use]
pub fn claim(question: Question, by: Uuid, until: DateTime<Utc>) -> Question {
    Question { state: QuestionState::Claimed, claimed_by: Some(by), quiet_until: Some(until), ..question }
}

/// The question in nobody's hands.
#[must_use]
pub fn release(question: Question) -> Question {
    Question { state: QuestionState::Waiting, claimed_by: None, quiet_until: None, ..question }
}

/// The question put off.
#[must_use]
pub fn snooze(question: Question, until: DateTime<Utc>) -> Question {
    Question { state: QuestionState::Snoozed, claimed_by: None, quiet_until: Some(until), ..question }
}

/// The question as one that waits no more, by what somebody says.
#[must_use]
pub fn close(question: Question, state: QuestionState, by: Uuid, now: DateTime<Utc>) -> Question {
    let (decided_by, decided_at) = (Some(by), Some(now));
    Question { state, claimed_by: None, quiet_until: None, decided_by, decided_at, ..question }
}

/// The question as one that waits, whatever was said of it; answers from before do not count any more.
///
/// # Errors
/// [`Code::Conflict`] with the present state for what waits already or is claimed.
pub fn reopen(question: Question, by: Uuid, now: DateTime<Utc>) -> Result<Question> {
    match question.state(now) {
        present @ (QuestionState::Waiting | QuestionState::Claimed) => return Err(not_while(present)),
        QuestionState::Snoozed
        | QuestionState::Answered
        | QuestionState::AnsweredElsewhere
        | QuestionState::Dismissed => {}
    }
    Ok(Question {
        state: QuestionState::Waiting,
        claimed_by: None,
        quiet_until: None,
        answer_id: None,
        answered_by: None,
        answered_at: None,
        decided_by: Some(by),
        decided_at: Some(now),
        reopened_at: Some(now),
        ..question
    })
}
