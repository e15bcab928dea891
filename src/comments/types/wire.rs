//! Comments as they are read.

use super::{CommentRow, CommentStatus, Moderation, ReactionCounts};
use crate::{
    db::schema::{articles, corrections},
    http::permission::Role,
    screening::SupportResource,
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A comment, with the first replies below it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "they are members of the JSON object")]
pub struct Comment {
    /// Stays for ever; `/v1/comments/{id}` is its permalink.
    pub id: Uuid,
    /// The body's revision, which `If-Match` takes. Counters and verdicts do not move it.
    #[schema(example = 1)]
    pub revision: i64,
    /// What it replies to; null for a root.
    pub parent_id: Option<Uuid>,
    /// The root of its conversation; its own id for a root.
    pub root_id: Uuid,
    /// The number of a root on its article, 1, 2, 3 in the order in which they were first shown. Null for replies,
    /// and for a root that was never shown.
    #[schema(example = 12)]
    pub root_no: Option<i32>,
    /// Steps from its root.
    #[schema(example = 0)]
    pub depth: i32,
    /// Who wrote it; null for a tombstone.
    pub author: Option<CommentAuthor>,
    /// What it says; null for a tombstone.
    pub body: Option<CommentBody>,
    /// A comment that is not `visible` is shown to the public only as a tombstone that visible replies hang on.
    pub status: CommentStatus,
    /// Why it is not shown, in what its own author is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moderation: Option<Moderation>,
    /// The section of the article that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section_id: Option<String>,
    /// What it quotes of that section.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// Whether the article has no longer what it points to: the section is gone, or what it quotes of it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub orphaned: bool,
    /// What old links name it by: `comment-123`, after their `#`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "comment-123")]
    pub fragment: Option<String>,
    /// Whether it stands above the others under its article.
    pub pinned: bool,
    /// Whether the publication recommends it.
    pub featured: bool,
    /// Whether nobody but staff may answer it, or what is below it.
    pub locked: bool,
    /// Whether it was continued in private, where both sides agree that everybody sees that.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub continued_in_private: bool,
    /// How many readers gave it which reaction.
    pub reactions: ReactionCounts,
    /// Whom it calls by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<Mentioned>,
    /// What it replies to, where it is shown further up: replies go on flat below the last level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_reply_to: Option<Uuid>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When its author last changed it.
    pub edited_at: Option<DateTime<Utc>>,
    /// What its author last said of having corrected it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<Correction>,
    /// Direct replies that are shown, here or behind `replies.next`.
    #[schema(example = 3)]
    pub reply_count: i32,
    /// All that is shown below; of roots only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub descendant_count: Option<i32>,
    /// Whether a coach, or another of the publication's people, has answered who wrote it, here or further down; of roots
    /// only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered: Option<bool>,
    /// The first replies.
    #[schema(no_recursion)]
    pub replies: Replies,
}

/// What the author of a comment says of having corrected it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = corrections)]
pub struct Correction {
    /// Plain text on one line.
    #[schema(example = "Corrected: the group meets on Thursdays.")]
    pub note: String,
    /// When it was corrected.
    #[diesel(column_name = corrected_at)]
    pub at: DateTime<Utc>,
}

impl Correction {
    /// Of what is kept of it, if anything is.
    #[must_use]
    pub fn of(note: Option<String>, at: Option<DateTime<Utc>>) -> Option<Self> {
        note.zip(at).map(|(note, at)| Self { note, at })
    }
}

/// The replies to a comment that came with it.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Replies {
    /// Direct replies, oldest first, each with those below it. On the last level that nests: all that is below, in
    /// reading order, each with `in_reply_to`.
    pub items: Vec<Comment>,
    /// Address of the replies that follow; null when all are here.
    pub next: Option<String>,
}

/// Who wrote a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CommentAuthor {
    /// The account, or the guest. A guest has another id on every article; whoever was erased has none, so that nobody
    /// sees which comments were theirs.
    pub id: Option<Uuid>,
    /// The name that they chose.
    #[schema(example = "Annice")]
    pub name: String,
    /// What the badge says. It follows from the role that the account has now, never from the name.
    pub kind: AuthorKind,
}

/// Somebody who is called by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Mentioned {
    /// As in the `author` of their comments.
    pub id: Uuid,
    /// The name that they have now.
    #[schema(example = "Annice")]
    pub name: String,
}

/// What somebody who comments is to the publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuthorKind {
    /// Without an account.
    Guest,
    /// With an account.
    Reader,
    /// Writes articles and answers in the thread.
    Coach,
    /// Decides what is shown; admins among them.
    Moderator,
}

impl From<Role> for AuthorKind {
    fn from(role: Role) -> Self {
        match role {
            Role::Coach => Self::Coach,
            Role::Moderator | Role::Admin => Self::Moderator,
            Role::Reader | Role::Service => Self::Reader,
        }
    }
}

/// What a comment says, three times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CommentBody {
    /// As it was written.
    #[schema(example = "Thank you, *this* helped.")]
    pub markdown: String,
    /// Made of it; safe to show as it is.
    #[schema(example = "<p>Thank you, <em>this</em> helped.</p>\n")]
    pub html: String,
    /// The same without any markup.
    #[schema(example = "Thank you, this helped.")]
    pub text: String,
}

/// A comment on its own.
#[derive(Debug, Serialize, ToSchema)]
pub struct Permalink {
    /// The comment, without replies.
    #[serde(flatten)]
    pub comment: Comment,
    /// The slug of its article.
    #[schema(example = "how-to-listen")]
    pub article: String,
}

/// How many comments some articles have.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommentCounts {
    /// One for each published article, in the order asked for.
    pub items: Vec<CommentCount>,
}

/// How many comments an article has.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommentCount {
    /// The slug that was asked for.
    #[schema(example = "how-to-listen")]
    pub article: String,
    /// Comments under it, replies among them, tombstones not.
    #[schema(example = 91)]
    pub count: i32,
}

/// A comment that was posted just now, as its writer sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Posted {
    /// The comment; `pending` when a moderator looks first.
    #[serde(flatten)]
    pub comment: Comment,
    /// Given once, to a new guest: `Authorization: Guest <manage_token>` edits and deletes this comment and writes
    /// more under the same name on this article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manage_token: Option<String>,
    /// Where the new guest sees to what they wrote, with that token: for a bookmark. Left out where the publication has no page
    /// for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "https://example.org/mine#manage_token=AZjC8K")]
    pub manage_link: Option<String>,
    /// Where help is found, of what the publication's people entered: where what was written may come from somebody who
    /// needs it. Nobody else is told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub support: Vec<SupportResource>,
}

/// A comment that was changed just now, as its writer sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Edited {
    /// The comment; `pending` or `held` when a moderator looks first.
    #[serde(flatten)]
    pub comment: Comment,
    /// As in the answer to posting.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub support: Vec<SupportResource>,
}

/// A comment that a moderator decides on.
#[derive(Debug, Serialize, ToSchema)]
pub struct ModeratedComment {
    /// The comment, with its text whatever its status.
    pub comment: Comment,
    /// Where it stands.
    pub article: CommentedArticle,
}

/// The article that a comment stands under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = articles)]
pub struct CommentedArticle {
    /// Its id.
    pub id: Uuid,
    /// Its place in addresses.
    #[schema(example = "how-to-listen")]
    pub slug: String,
    /// Plain text on one line.
    pub title: String,
}

impl Comment {
    /// As everybody sees it: what is not visible is a tombstone.
    #[must_use]
    pub fn public(row: CommentRow, replies: Replies) -> Self {
        let visible = row.status == CommentStatus::Visible;
        Self::told(row, replies, visible)
    }

    /// As its writer and moderators see it: with its text until it is deleted.
    #[must_use]
    pub fn whole(row: CommentRow) -> Self {
        let there = row.status != CommentStatus::Deleted;
        Self::told(row, Replies::default(), there)
    }

    fn told(row: CommentRow, replies: Replies, text: bool) -> Self {
        Self {
            id: row.id,
            revision: row.revision,
            parent_id: row.parent_id,
            root_id: row.root_id,
            root_no: row.root_no,
            depth: row.depth,
            author: text.then(|| row.author()),
            descendant_count: row.parent_id.is_none().then_some(row.descendant_count),
            answered: row.parent_id.is_none().then_some(row.answers > 0),
            body: text.then_some(CommentBody { markdown: row.body_markdown, html: row.body_html, text: row.body_text }),
            status: row.status,
            moderation: None,
            section_id: row.section_id,
            quote: row.quote.filter(|_| text),
            orphaned: false,
            fragment: row.fragment,
            pinned: row.marks.pinned && text,
            featured: row.marks.featured && text,
            locked: row.marks.locked,
            continued_in_private: row.marks.continued && text,
            reactions: if text { row.reactions.into() } else { ReactionCounts::default() },
            mentions: Vec::new(),
            in_reply_to: None,
            created_at: row.created_at,
            edited_at: row.edited_at,
            correction: None,
            reply_count: row.reply_count,
            replies,
        }
    }
}
