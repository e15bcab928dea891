//! What clients send.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Which page of one's threads, or of those that wait.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ThreadsQuery {
    /// Threads on a page, at most 100.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<i64>,
    /// Where the page begins, as `next` and `prev` have it.
    pub cursor: Option<String>,
}

/// Which page of a thread's messages.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MessagesQuery {
    /// Messages on a page, at most 100.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<i64>,
    /// Where the page begins, as `next` and `prev` have it.
    pub cursor: Option<String>,
}

/// A thread that a reader opens, with its first message.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenPrivateThread {
    /// What it is about, in a line.
    #[schema(min_length = 1, max_length = 200, example = "About my brother")]
    pub title: Option<String>,
    /// Markdown, at most 20 000 characters, as in comments.
    #[schema(min_length = 1, max_length = 20_000, example = "I could not write this where *everybody* reads it.")]
    pub body: String,
    /// The slug of the published article that it is about, where no comment says so.
    #[schema(example = "how-to-listen")]
    pub article: Option<String>,
    /// A comment of your own that is shown, which this continues.
    pub comment_id: Option<Uuid>,
    /// The one coach who is asked; else whoever of them comes first.
    pub coach_id: Option<Uuid>,
}

/// A first message to somebody who is invited.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteCommenter {
    /// Markdown, at most 20 000 characters, as in comments.
    #[schema(min_length = 1, max_length = 20_000, example = "Shall we talk about this by ourselves?")]
    pub body: Option<String>,
}

/// A message.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SayPrivately {
    /// Markdown, at most 20 000 characters, as in comments.
    #[schema(min_length = 1, max_length = 20_000, example = "Thank you for *asking*.")]
    pub body: String,
    /// Words of the public comment that the thread continues, whatever the white space between them.
    #[schema(min_length = 1, max_length = 300, example = "I do not know what to say to him.")]
    pub quote: Option<String>,
}

/// What a message is to say instead.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditPrivateMessage {
    /// Markdown, at most 20 000 characters, as in comments.
    #[schema(min_length = 1, max_length = 20_000, example = "Thank you for asking.")]
    pub body: String,
}

/// How far somebody has read.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetReadMark {
    /// The last message that was read; 0 for none.
    #[schema(minimum = 0, example = 12)]
    pub no: i64,
}

/// What somebody has begun to write.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SaveDraft {
    /// Markdown, at most 20 000 characters, as it is so far.
    #[schema(max_length = 20_000, example = "What I wanted to ask you")]
    pub body: String,
}

/// To whom a coach hands a thread over.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// A coach who may act now.
    pub coach_id: Uuid,
    /// Whether you stay in it, too.
    #[serde(default)]
    pub stay: bool,
}

/// Whether the public comment may say that it was continued in private.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Disclose {
    /// For your side. It says so only while both sides agree.
    pub agree: bool,
}
