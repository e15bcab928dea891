//! What is handed out to somebody of their own.

use super::{Part, PrivateAccess, ThreadState};
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

/// A thread of a reader, with all that was said in it.
#[derive(Debug, Serialize)]
pub struct OwnPrivateThread {
    /// Its id.
    pub id: Uuid,
    /// How it stands.
    pub state: ThreadState,
    /// Whether its key is lost, and nothing that was written stands here.
    pub unreadable: bool,
    /// What it is about, where the reader said so.
    pub title: Option<String>,
    /// The article that it is about.
    pub article_id: Option<Uuid>,
    /// The public comment that it continues.
    pub comment_id: Option<Uuid>,
    /// When it began, or when the reader was invited.
    pub created_at: DateTime<Utc>,
    /// Since when messages could be written.
    pub opened_at: Option<DateTime<Utc>>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// When the reader left.
    pub left_at: Option<DateTime<Utc>>,
    /// Admins who were let read it, the latest first.
    pub accesses: Vec<PrivateAccess>,
    /// The messages, in their order.
    pub messages: Vec<OwnPrivateMessage>,
    /// What the reader has begun to write.
    pub draft: Option<String>,
}

/// A message in it.
#[derive(Debug, Serialize)]
pub struct OwnPrivateMessage {
    /// Its number in the thread.
    pub no: i64,
    /// Whether the reader or a coach wrote it.
    pub by: Part,
    /// What the coach is called.
    pub name: Option<String>,
    /// Markdown; empty when it was deleted.
    pub body: String,
    /// Words of the public comment that it is about.
    pub quote: Option<String>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub edited_at: Option<DateTime<Utc>>,
    /// When it was deleted.
    pub deleted_at: Option<DateTime<Utc>>,
}

/// A message that a coach wrote.
#[derive(Debug, Serialize)]
pub struct SentMessage {
    /// Its id.
    pub id: Uuid,
    /// The thread.
    pub thread_id: Uuid,
    /// Its number there.
    pub no: i64,
    /// Whether the thread's key is lost, and the text does not stand here.
    pub unreadable: bool,
    /// Markdown; empty when it was deleted.
    pub body: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub edited_at: Option<DateTime<Utc>>,
    /// When it was deleted.
    pub deleted_at: Option<DateTime<Utc>>,
}
