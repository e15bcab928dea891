//! A question as coaches see it.

use super::{Question, QuestionState};
use crate::comments::{Claim, Colleague, ModeratedComment};
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// A comment that asks, with all that answering needs.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeskItem {
    /// The comment, with its text, and where it stands.
    #[serde(flatten)]
    pub comment: ModeratedComment,
    /// Where it stands between who asks and who answers.
    pub state: QuestionState,
    /// When it was asked.
    pub asked_at: DateTime<Utc>,
    /// For how long it has waited, seconds; null for what waits no more.
    #[schema(example = 5400)]
    pub waiting_seconds: Option<i64>,
    /// How soon somebody should look: 0 in its turn, 3 at once.
    #[schema(minimum = 0, maximum = 3)]
    pub priority: i16,
    /// Whether a guest asks.
    pub by_guest: bool,
    /// Whether you are asked yourself: as an author of the article, by a mention, or by a reply to what you wrote.
    pub asked_of_me: bool,
    /// Who is at it; null for nobody.
    pub claim: Option<Claim>,
    /// Until when it is put off; null when it is not.
    pub snoozed_until: Option<DateTime<Utc>>,
    /// The first answer in the thread; null while there is none.
    pub answer: Option<QuestionAnswer>,
    /// Who dismissed it, said that it is answered elsewhere, or opened it again, whichever was last; null for nobody.
    pub decided: Option<QuestionDecision>,
}

/// An answer in the thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuestionAnswer {
    /// The comment that answers.
    pub id: Uuid,
    /// Who gave it; null for somebody who is gone.
    pub by: Option<Colleague>,
    /// When.
    pub at: DateTime<Utc>,
}

/// What a coach said of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuestionDecision {
    /// Who; null for somebody who is gone.
    pub by: Option<Colleague>,
    /// When.
    pub at: DateTime<Utc>,
}

impl DeskItem {
    /// A question with its comment, as `viewer` sees it at a time. `names` are those of whoever is named in it.
    #[must_use]
    pub fn of(
        question: &Question,
        comment: ModeratedComment,
        names: &HashMap<Uuid, String>,
        viewer: Uuid,
        now: DateTime<Utc>,
    ) -> Self {
        let colleague = |id: Uuid| names.get(&id).map(|name| Colleague { id, name: name.clone() });
        let state = question.state(now);
        let claim = question.claim(now).and_then(|(by, until)| Some(Claim { by: colleague(by)?, until }));
        let open = state == QuestionState::Waiting || state.is_quiet();
        let answer = question.answer_id.zip(question.answered_at);
        Self {
            comment,
            state,
            asked_at: question.asked_at,
            waiting_seconds: open.then(|| (now - question.asked_at).num_seconds().max(0)),
            priority: question.priority(),
            by_guest: question.by_guest,
            asked_of_me: question.asks(viewer),
            claim,
            snoozed_until: question.quiet_until.filter(|_| state == QuestionState::Snoozed),
            answer: answer.map(|(id, at)| QuestionAnswer { id, by: question.answered_by.and_then(colleague), at }),
            decided: question.decided_at.map(|at| QuestionDecision { by: question.decided_by.and_then(colleague), at }),
        }
    }
}
