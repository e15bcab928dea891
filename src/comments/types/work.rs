//! What is handed from handler to action, and from room to room.

use super::{CommentStatus, Text};
use crate::{accounts::Email, http::permission::Role};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Who writes, as far as is known before anything is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writer {
    /// An account with its present role.
    Member(Uuid, Role),
    /// A guest who showed a manage token.
    Guest(Uuid),
    /// Somebody new.
    Anonymous,
}

/// A new comment whose fields are acceptable.
#[derive(Debug)]
pub struct Draft {
    /// What it says.
    pub text: Text,
    /// What it quotes of its section.
    pub quote: Option<String>,
    /// Who writes it, when that is a new guest.
    pub guest: Option<GuestName>,
}

/// What a new guest is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuestName {
    /// The name to be shown.
    pub name: String,
    /// Never shown.
    pub email: Option<Email>,
}

/// A comment that was written, and the guest who came with it. It holds no text, so that a kept answer outlives no
/// comment.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Receipt {
    /// The comment.
    pub comment_id: Uuid,
    /// Who was new here.
    pub new_guest_id: Option<Uuid>,
}

/// A comment that was written elsewhere, or earlier.
#[derive(Debug, Clone)]
pub struct ImportedComment {
    /// Its id here.
    pub id: Uuid,
    /// What it replies to: in the same batch, in whatever order, or already there.
    pub parent_id: Option<Uuid>,
    /// Who wrote it.
    pub author: ImportedAuthor,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Where it stands.
    pub status: CommentStatus,
    /// Markdown, as `text::clean` leaves it. What is not fit for a comment is left out of what is made of it.
    pub body_markdown: String,
    /// By what links named it, after their `#`: `comment-123`. One of an article each.
    pub fragment: Option<String>,
}

/// Who wrote a comment elsewhere.
#[derive(Debug, Clone)]
pub enum ImportedAuthor {
    /// An account.
    Member(Uuid),
    /// Somebody without. Comments of one batch with the same name and address are the same guest's.
    Guest(GuestName),
}
