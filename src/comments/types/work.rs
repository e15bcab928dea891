//! What is handed from handler to action, and from room to room.

use super::{super::actions::Looked, Comment, CommentStatus, PostComment, Text};
use crate::{accounts::Email, articles::Slug, error::Error, events::Once, http::permission::Role, throttle::Entry};
use chrono::{DateTime, Utc};
use ipnet::IpNet;
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
    /// On what ground they were let in.
    pub entry: Entry,
}

/// What a comment is to say instead.
#[derive(Debug)]
pub struct NewText {
    /// The text.
    pub text: Text,
    /// Whom it is to mention; none: as before.
    pub mentions: Option<Vec<Uuid>>,
    /// Whether its author was told what is wrong with it and wants it as it is.
    pub as_is: bool,
    /// What everybody is told of what was wrong.
    pub correction_note: Option<String>,
}

/// A new guest who writes nothing yet.
#[derive(Debug)]
pub struct Newcomer {
    /// What they are called.
    pub name: GuestName,
    /// How they came in.
    pub entry: Entry,
}

/// What a new guest is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuestName {
    /// The name to be shown.
    pub name: String,
    /// Never shown.
    pub email: Option<Email>,
}

/// A comment on its way in.
#[derive(Debug)]
pub struct Submission {
    /// The article that has or had this slug.
    pub slug: Slug,
    /// Who writes.
    pub writer: Writer,
    /// Where it comes from, as far as that is counted as one.
    pub network: IpNet,
    /// What was sent.
    pub input: PostComment,
    /// What was found in it.
    pub draft: Result<Draft, Error>,
    /// What was seen in its text, if that is acceptable.
    pub looked: Option<Looked>,
    /// Whether a new guest's address may be asked.
    pub may_ask: bool,
    /// What makes it the same when it is sent again.
    pub once: Once,
}

impl Submission {
    /// The address of a new guest who is to be asked whether it is theirs.
    #[must_use]
    pub fn to_be_asked(&self) -> Option<&Email> {
        self.draft.as_ref().ok()?.guest.as_ref()?.email.as_ref().filter(|_| self.may_ask)
    }

    /// The name of a new guest.
    #[must_use]
    pub fn new_name(&self) -> Option<&str> {
        self.draft.as_ref().ok()?.guest.as_ref().map(|guest| guest.name.as_str())
    }
}

/// A comment that was written, and the guest who came with it. What is kept of it holds no text, so that a kept answer
/// outlives no comment.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Receipt {
    /// The comment.
    pub comment_id: Uuid,
    /// Who was new here.
    pub new_guest_id: Option<Uuid>,
    /// The languages in which its writer is told where help is found, all if there are none; nothing: they are not told.
    #[serde(default)]
    pub support: Option<Vec<String>>,
    /// The comment as its writer sees it; none where it was written by an earlier request.
    #[serde(skip)]
    pub comment: Option<Box<Comment>>,
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
