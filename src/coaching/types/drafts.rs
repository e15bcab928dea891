//! Answers that are not finished yet.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// What a coach has written so far.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveAnswerDraft {
    /// Markdown, at most 20 000 characters, as in a comment.
    #[schema(min_length = 1, max_length = 20_000, example = "Dear Annice, you are not alone with")]
    pub body: String,
}

/// An answer that is not finished yet. Nobody sees it but its coach.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerDraft {
    /// The comment that asks.
    pub comment_id: Uuid,
    /// Markdown.
    #[schema(example = "Dear Annice, you are not alone with")]
    pub body: String,
    /// When it was last kept.
    pub updated_at: DateTime<Utc>,
}

/// The same as it is stored.
#[derive(Debug, Queryable)]
pub struct SealedDraft {
    pub comment_id: Uuid,
    pub sealed: Vec<u8>,
    pub updated_at: DateTime<Utc>,
}

/// How a page of drafts is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AnswerDraftQuery {
    /// Drafts on the page; a larger number is lowered.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<i64>,
    /// Where the page begins: from `next` or `prev` of another page.
    pub cursor: Option<String>,
}
