//! The coach desk: who waits for an answer, who gives it, and what helps in giving it.
//!
//! What waits is made out of the events, by one reader; see the record on the desk in `docs/decisions/`.

mod actions;
mod follow;
mod handlers;
mod queries;
mod rules;
mod types;

pub use actions::{
    answered, drifted, forget_coach, forget_on_questions, list_drafts_of, list_saved_replies_of, lock_question, repair,
    see,
};
pub use follow::Desk;
pub use handlers::routes;
pub use types::{AnswerDraft, DeskItem, Question, QuestionState, SavedReply};
