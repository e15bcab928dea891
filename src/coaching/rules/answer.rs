//! Who may answer a question.

use super::{
    super::types::{Question, QuestionState},
    free,
};
use crate::error::{Code, Error, Result};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use uuid::Uuid;

/// Whether somebody may answer a question: nobody else is at it, and it is not answered or closed, or is to be answered even so.
/// `names` are those of whoever has to do with it.
///
/// # Errors
/// [`Code::Conflict`] naming who is at it and until when, or who has answered or closed it.
pub fn may_be_answered(
    question: &Question,
    by: Uuid,
    even_so: bool,
    names: &HashMap<Uuid, String>,
    now: DateTime<Utc>,
) -> Result<()> {
    let (who, what) = match question.state(now) {
        QuestionState::Waiting | QuestionState::Claimed | QuestionState::Snoozed => {
            return free(question, by, names, now);
        }
        _ if even_so => return Ok(()),
        QuestionState::Answered => (question.answered_by, "has answered it already"),
        QuestionState::AnsweredElsewhere => (question.decided_by, "says that it was answered elsewhere"),
        QuestionState::Dismissed => (question.decided_by, "says that it needs no answer"),
    };
    let name = who.and_then(|id| names.get(&id)).map_or("Somebody", String::as_str);
    Err(Error::new(Code::Conflict, format!("{name} {what}; send even_if_answered to answer it all the same.")))
}
