//! Private threads as those who are in them see them.

use super::{Part, PrivateAccess};
use crate::text;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// How a thread stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ThreadState {
    /// A coach asks for it; the commenter has not answered.
    Invited,
    /// The commenter does not want it.
    Declined,
    /// Messages can be written.
    Open,
    /// Messages can be read.
    Closed,
}

impl ThreadState {
    /// Its name in the database and in documents.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Declined => "declined",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

impl TryFrom<String> for ThreadState {
    type Error = anyhow::Error;

    fn try_from(name: String) -> anyhow::Result<Self> {
        let all = [Self::Invited, Self::Declined, Self::Open, Self::Closed];
        let known = all.into_iter().find(|state| state.as_str() == name);
        known.ok_or_else(|| anyhow::anyhow!("no such state of a private thread: {name}"))
    }
}

/// A private thread, as somebody sees it who is in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PrivateThread {
    /// Its id. To whoever is not in it, there is nothing of this id.
    pub id: Uuid,
    /// How it stands.
    pub state: ThreadState,
    /// What you are in it.
    pub you: Part,
    /// What it is about, where the reader said so.
    #[schema(example = "About my brother")]
    pub title: Option<String>,
    /// The article that it is about.
    pub article_id: Option<Uuid>,
    /// The public comment that it continues.
    pub comment_id: Option<Uuid>,
    /// Whose it is.
    pub reader: PrivatePerson,
    /// Who was let in. Nobody, while it waits for a coach.
    pub coaches: Vec<PrivateCoach>,
    /// Admins who were let read it, for an hour and with a reason; the latest first. Usually none ever is.
    pub accesses: Vec<PrivateAccess>,
    /// When it began, or when the commenter was invited.
    pub created_at: DateTime<Utc>,
    /// Since when messages can be written; null for an invitation that was not accepted.
    pub opened_at: Option<DateTime<Utc>>,
    /// When it was closed; null while it is not.
    pub closed_at: Option<DateTime<Utc>>,
    /// Since when it waits for a coach; null while one is in it.
    pub waiting_since: Option<DateTime<Utc>>,
    /// When something was last said in it.
    pub last_at: DateTime<Utc>,
    /// The number of the last message; 0 before the first.
    #[schema(example = 12)]
    pub last_no: i64,
    /// The last message that you have read, as you said.
    #[schema(example = 10)]
    pub read_no: i64,
    /// Messages of others behind that, counted up to 100.
    #[schema(example = 2)]
    pub unread: i64,
    /// Who agrees that the public comment says that it was continued in private.
    pub disclosure: Disclosure,
}

/// Who agrees that the public comment says that it was continued in private.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Disclosure {
    /// The reader.
    pub reader: bool,
    /// The coaches.
    pub coaches: bool,
}

/// Whose thread it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct PrivatePerson {
    /// The account or the guest.
    pub id: Uuid,
    /// The name that they chose.
    #[schema(example = "Annice")]
    pub name: String,
    /// The last message that they have read, as they said.
    pub read_no: i64,
    /// Whether they have left: nothing that is written reaches them any more.
    pub left: bool,
}

/// A coach in a thread.
#[derive(Debug, Serialize, ToSchema)]
pub struct PrivateCoach {
    /// The account.
    pub id: Uuid,
    /// The name that she chose.
    #[schema(example = "Marit")]
    pub name: String,
    /// Since when she is in it.
    pub admitted_at: DateTime<Utc>,
    /// The last message that she has read, as she said.
    pub read_no: i64,
}

/// A message in a private thread.
#[derive(Debug, Serialize, ToSchema)]
pub struct PrivateMessage {
    /// Its number in the thread: 1, 2, 3.
    #[schema(example = 12)]
    pub no: i64,
    /// Who wrote it.
    pub author: PrivateAuthor,
    /// What it says; null when it was deleted.
    pub body: Option<PrivateBody>,
    /// Words of the public comment that it is about.
    pub quote: Option<String>,
    /// Goes up with every change; `If-Match` takes it.
    #[schema(example = 1)]
    pub revision: i64,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When its author last changed it.
    pub edited_at: Option<DateTime<Utc>>,
    /// When its author deleted it.
    pub deleted_at: Option<DateTime<Utc>>,
}

/// Who wrote a message.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PrivateAuthor {
    /// The account or the guest; null where the account was erased.
    pub id: Option<Uuid>,
    /// The name that they chose.
    #[schema(example = "Annice")]
    pub name: String,
    /// What they were when they wrote it.
    pub part: Part,
    /// Whether it was you.
    pub you: bool,
}

/// What a message says, twice.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PrivateBody {
    /// As it was written.
    #[schema(example = "Thank you for *asking*.")]
    pub markdown: String,
    /// Made of it; safe to show as it is.
    #[schema(example = "<p>Thank you for <em>asking</em>.</p>\n")]
    pub html: String,
}

/// What a message says, as it is sealed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// As it was written.
    pub markdown: String,
    /// Made of it.
    pub html: String,
    /// By which renderer.
    pub renderer: i16,
    /// Words of the public comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

impl Content {
    /// Out of Markdown that was checked.
    pub fn of(markdown: String, quote: Option<String>) -> Self {
        let html = text::comment(&markdown).html;
        Self { markdown, html, renderer: text::RENDERER_VERSION, quote }
    }

    /// As it is shown. What an earlier renderer made is made again, because a later one may know better what is safe.
    pub fn shown(self) -> (PrivateBody, Option<String>) {
        let current = if self.renderer == text::RENDERER_VERSION { self } else { Self::of(self.markdown, self.quote) };
        (PrivateBody { markdown: current.markdown, html: current.html }, current.quote)
    }
}

/// What somebody has begun to write in a thread.
#[derive(Debug, Serialize, ToSchema)]
pub struct PrivateDraft {
    /// As it is so far.
    pub body: String,
    /// When it was last kept.
    pub updated_at: DateTime<Utc>,
}

/// A thread that waits for a coach: nothing else is told of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaitingThread {
    /// Its id, for `POST /v1/private-threads/{id}/admission`.
    pub id: Uuid,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Whether you alone are asked.
    pub asked_you: bool,
}

/// The answer to opening a thread or inviting to one, as it is kept for a repeated request: ids only.
#[derive(Debug, Serialize, Deserialize)]
pub struct Opened {
    pub thread_id: Uuid,
}

/// The same of a message.
#[derive(Debug, Serialize, Deserialize)]
pub struct Said {
    pub no: i64,
}

/// An invitation that a coach sends with what she answers.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// The public comment whose author is invited.
    pub comment_id: Uuid,
    /// Who invites.
    pub coach_id: Uuid,
    /// The first message, if there is one: Markdown.
    pub body: Option<String>,
}
