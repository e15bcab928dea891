//! Answers that are posted from the desk.

use super::DeskItem;
use crate::comments::Comment;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// What a coach answers, and what happens with it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerQuestion {
    /// Markdown, at most 20 000 characters, as in a comment.
    #[schema(min_length = 1, max_length = 20_000, example = "Dear Annice, you are *not* alone with this.")]
    pub body: String,
    /// Whom it calls by name, as in a comment.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub mentions: Vec<Uuid>,
    /// Whether the publication recommends the answer.
    #[serde(default)]
    pub feature: bool,
    /// Whether to answer also what is answered already, or was dismissed.
    #[serde(default)]
    pub even_if_answered: bool,
    /// Whether to invite who asks to go on in private, as `POST /v1/comments/{id}/invitation` does.
    pub invite: Option<InviteAsker>,
}

/// How who asks is invited to go on in private.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteAsker {
    /// The first private message, if there is to be one: Markdown, at most 20 000 characters.
    #[schema(min_length = 1, max_length = 20_000, example = "Tell me more, if you like.")]
    pub body: Option<String>,
}

/// An answer that was posted just now.
#[derive(Debug, Serialize, ToSchema)]
pub struct PostedAnswer {
    /// The answer.
    pub comment: Comment,
    /// How the question stands now; null where it is off the desk by now.
    pub question: Option<DeskItem>,
    /// The private thread that who asked is invited to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private_thread_id: Option<Uuid>,
}

/// What is kept of the answer to a request, so that it is given again when it is sent again.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct AnswerReceipt {
    /// The comment that answers.
    pub comment_id: Uuid,
    /// The private thread that who asked is invited to.
    pub private_thread_id: Option<Uuid>,
}
