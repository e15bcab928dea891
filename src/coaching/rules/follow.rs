//! What a comment is to the desk.

use super::super::types::{Given, GivenAnswer, Known, Question, QuestionState};
use crate::{articles::Filing, comments::Exchange};
use uuid::Uuid;

/// What a comment is to the desk.
///
/// A question is what somebody who is not staff says at the root of a thread, in reply to staff, or with a mention of staff.
/// What staff says answers what it replies to, if that is a question, else the root, if whoever wrote the root said what it
/// replies to: who talks to others has not answered them, as readers see it, too. What the desk has known as a question or
/// an answer stays one, whatever role its author has since.
#[must_use]
pub fn given(exchange: &Exchange, known: &Known) -> Given {
    let replies_to_staff = || exchange.parent_id.is_some_and(|parent| known.answers.contains_key(&parent));
    if known.questions.contains(&exchange.id) {
        return Given::Question;
    }
    if !exchange.visible {
        return Given::Nothing;
    }
    if let Some(answered) = known.answers.get(&exchange.id) {
        return Given::Answer(*answered);
    }
    if exchange.by_staff {
        let is_question = |id: &Uuid, asks: bool| asks || known.questions.contains(id);
        let parent = exchange.parent_id.filter(|parent| is_question(parent, exchange.parent_asks));
        let to_asker = Some(exchange.root_id).filter(|_| exchange.parent_by_asker);
        let root = to_asker.filter(|root| is_question(root, exchange.root_asks));
        return parent.or(root).map_or(Given::Nothing, Given::Answer);
    }
    let to_staff = exchange.to_staff.is_some() || replies_to_staff();
    if exchange.parent_id.is_none() || to_staff || !exchange.mentioned.is_empty() {
        return Given::Question;
    }
    Given::Nothing
}

/// A question as its comment is now; what coaches made of it is as it was `before`.
#[must_use]
pub fn question(exchange: &Exchange, filing: &Filing, before: Option<Question>) -> Question {
    let fresh = Question {
        comment_id: exchange.id,
        article_id: exchange.article_id,
        section_id: exchange.section_id.clone(),
        asked_at: exchange.created_at,
        state: QuestionState::Waiting,
        shown: exchange.visible && filing.published,
        turn: 3 - exchange.priority.clamp(0, 3),
        language: filing.locale.clone(),
        by_guest: exchange.by_guest,
        claimed_by: None,
        quiet_until: None,
        answer_id: None,
        answered_by: None,
        answered_at: None,
        decided_by: None,
        decided_at: None,
        reopened_at: None,
        asked: asked(exchange, filing).into_iter().map(Some).collect(),
    };
    let Some(before) = before else { return fresh };
    Question {
        section_id: fresh.section_id,
        shown: fresh.shown,
        turn: fresh.turn,
        language: fresh.language,
        by_guest: fresh.by_guest,
        asked: fresh.asked,
        ..before
    }
}

/// A question with the first answer that counts: answered, or, where there is none any more, waiting again. Without an answer
/// what coaches said of it stands.
#[must_use]
pub fn settle(question: Question, answer: Option<&GivenAnswer>) -> Question {
    match answer {
        Some(answer) => Question {
            state: QuestionState::Answered,
            claimed_by: None,
            quiet_until: None,
            answer_id: Some(answer.answer_id),
            answered_by: answer.given_by,
            answered_at: Some(answer.given_at),
            ..question
        },
        None if question.state == QuestionState::Answered => Question {
            state: QuestionState::Waiting,
            answer_id: None,
            answered_by: None,
            answered_at: None,
            ..question
        },
        None => question,
    }
}

/// Who is asked: the article's authors, the staff whom the comment mentions, and whoever of staff it replies to; each once.
#[must_use]
pub fn asked(exchange: &Exchange, filing: &Filing) -> Vec<Uuid> {
    let mut asked = filing.author_ids.clone();
    asked.extend(&exchange.mentioned);
    asked.extend(exchange.to_staff);
    asked.sort_unstable();
    asked.dedup();
    asked
}
