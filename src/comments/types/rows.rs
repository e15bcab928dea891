//! Rows, and what is kept in them.

use super::{AuthorKind, CommentAuthor, CommentedArticle, Marks, Writer};
use crate::{
    accounts::FORMER_MEMBER,
    db::schema::{accounts, articles, comments, guest_codes, guests, threads},
    http::permission::Role,
    screening::{Exceptions, Mode},
};
use chrono::{DateTime, Utc};
use diesel::{
    pg::Pg,
    prelude::*,
    sql_types::{BigInt, Bool, Integer, Nullable, Text as SqlText, Uuid as SqlUuid},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// Where a comment stands between its writer and everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CommentStatus {
    /// Everybody sees it.
    Visible,
    /// A moderator looks first, because the article or the writer asks for it.
    Pending,
    /// A moderator looks first, because of what it says.
    Held,
    /// A moderator refused it.
    Rejected,
    /// Its text is gone.
    Deleted,
}

impl CommentStatus {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Visible, Self::Pending, Self::Held, Self::Rejected, Self::Deleted];

    /// Its name in the database and in documents.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Visible => "visible",
            Self::Pending => "pending",
            Self::Held => "held",
            Self::Rejected => "rejected",
            Self::Deleted => "deleted",
        }
    }

    /// Whether nobody sees it but its author and moderators.
    #[must_use]
    pub const fn is_withheld(self) -> bool {
        matches!(self, Self::Pending | Self::Held | Self::Rejected)
    }
}

impl TryFrom<String> for CommentStatus {
    type Error = anyhow::Error;

    fn try_from(name: String) -> anyhow::Result<Self> {
        let known = Self::ALL.into_iter().find(|status| status.as_str() == name);
        known.ok_or_else(|| anyhow::anyhow!("no such status: {name}"))
    }
}

/// A comment with the names of who wrote it, in one row.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = comments, check_for_backend(Pg))]
pub struct CommentRow {
    pub id: Uuid,
    pub article_id: Uuid,
    pub parent_id: Option<Uuid>,
    pub root_id: Uuid,
    pub position: i64,
    pub root_no: Option<i32>,
    pub depth: i32,
    pub path: Vec<u8>,
    pub account_id: Option<Uuid>,
    pub guest_id: Option<Uuid>,
    #[diesel(deserialize_as = String)]
    pub status: CommentStatus,
    pub revision: i64,
    pub body_markdown: String,
    pub body_html: String,
    pub body_text: String,
    pub reply_count: i32,
    pub descendant_count: i32,
    /// Of a root: visible answers below. Of a reply: 1 if it is one.
    pub answers: i32,
    pub section_id: Option<String>,
    pub quote: Option<String>,
    pub fragment: Option<String>,
    pub rank: i64,
    /// Counts by kind.
    pub reactions: Value,
    #[diesel(embed)]
    pub marks: Marks,
    pub mention_count: i16,
    pub created_at: DateTime<Utc>,
    pub edited_at: Option<DateTime<Utc>>,
    #[diesel(select_expression = accounts::display_name.nullable())]
    pub member_name: Option<String>,
    #[diesel(select_expression = accounts::role.nullable())]
    pub member_role: Option<String>,
    #[diesel(select_expression = guests::display_name.nullable())]
    pub guest_name: Option<String>,
}

impl CommentRow {
    /// Whether one of the publication's people answers with it who began the conversation.
    #[must_use]
    pub const fn is_answer(&self) -> bool {
        self.parent_id.is_some() && self.answers > 0
    }

    /// Whether it has a place in the public thread.
    #[must_use]
    pub const fn shown(&self) -> bool {
        matches!(self.status, CommentStatus::Visible) || self.reply_count > 0
    }

    /// Who wrote it; somebody without an id where its author was erased.
    #[must_use]
    pub fn author(&self) -> CommentAuthor {
        let guest = || {
            let (id, name) = (self.guest_id?, self.guest_name.clone()?);
            Some(CommentAuthor { id: Some(id), name, kind: AuthorKind::Guest })
        };
        let member = || {
            let (id, name, role) = (self.account_id?, self.member_name.clone()?, self.member_role.clone()?);
            let kind = Role::try_from(role).map_or(AuthorKind::Reader, AuthorKind::from);
            Some(CommentAuthor { id: Some(id), name, kind })
        };
        let former = || CommentAuthor { id: None, name: FORMER_MEMBER.into(), kind: AuthorKind::Reader };
        member().or_else(guest).unwrap_or_else(former)
    }

    /// Whether this is who wrote it.
    #[must_use]
    pub fn is_by(&self, writer: Writer) -> bool {
        match writer {
            Writer::Member(id, _) => self.account_id == Some(id),
            Writer::Guest(id) => self.guest_id == Some(id),
            Writer::Anonymous => false,
        }
    }
}

/// A comment with the article that it stands under.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = articles, check_for_backend(Pg))]
pub struct PlacedRow {
    #[diesel(embed)]
    pub comment: CommentRow,
    #[diesel(embed)]
    pub article: CommentedArticle,
    /// The article's: `published`, or nobody may learn of it.
    pub status: String,
    /// The article's own mode; none: as the publication's setting says.
    moderation: Option<Mode>,
    links_held: Option<i32>,
}

impl PlacedRow {
    /// Where the article asks for something else than the publication's settings.
    #[must_use]
    pub fn exceptions(&self) -> Exceptions {
        Exceptions::of(self.moderation, self.links_held)
    }
}

/// A published article as its thread sees it.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = articles, check_for_backend(Pg))]
pub struct ThreadHead {
    pub id: Uuid,
    pub slug: String,
    #[diesel(select_expression = threads::comment_count.nullable())]
    pub count: Option<i32>,
    #[diesel(select_expression = threads::root_count.nullable())]
    pub root_count: Option<i32>,
    #[diesel(select_expression = threads::last_position.nullable())]
    pub last_position: Option<i64>,
}

/// A section of an article, as it is now.
#[derive(Debug, Clone, QueryableByName)]
pub struct SectionHtml {
    #[diesel(sql_type = SqlUuid)]
    pub article_id: Uuid,
    #[diesel(sql_type = SqlText)]
    pub id: String,
    #[diesel(sql_type = SqlText)]
    pub html: String,
}

/// What a text is kept as.
#[derive(Debug, Clone, PartialEq, Eq, AsChangeset)]
#[diesel(table_name = comments)]
#[expect(clippy::struct_field_names, reason = "they are the columns' names")]
pub struct Text {
    pub body_markdown: String,
    pub body_html: String,
    pub body_text: String,
    pub renderer: i16,
}

/// What becomes of a comment.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    pub status: CommentStatus,
    /// Another text, which makes another revision.
    pub text: Option<&'a Text>,
    /// When its author changed it, if that is what happened.
    pub edited_at: Option<DateTime<Utc>>,
    /// When it was deleted; none for what is not deleted, any more.
    pub deleted_at: Option<DateTime<Utc>>,
}

/// What became of a root when something below it appeared or disappeared.
#[derive(Debug, Clone, Copy, QueryableByName)]
pub struct Top {
    /// Whether it appeared or disappeared with it.
    #[diesel(sql_type = Bool)]
    pub turned: bool,
    #[diesel(sql_type = Nullable<Integer>)]
    pub root_no: Option<i32>,
}

/// A new guest.
#[derive(Debug, Insertable)]
#[diesel(table_name = guests)]
pub struct GuestRow {
    pub id: Uuid,
    pub article_id: Uuid,
    pub display_name: String,
    pub email_hash: Option<Vec<u8>>,
    pub email_sealed: Option<Vec<u8>>,
    pub created_at: DateTime<Utc>,
}

/// A code that is on its way to the address a guest gave.
#[derive(Insertable)]
#[diesel(table_name = guest_codes)]
pub struct NewGuestCode {
    pub code_hash: Vec<u8>,
    pub guest_id: Uuid,
    pub email_hash: Vec<u8>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// What a reply takes from the comment above it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = comments, check_for_backend(Pg))]
pub struct Parent {
    pub id: Uuid,
    pub article_id: Uuid,
    pub root_id: Uuid,
    pub position: i64,
    pub depth: i32,
    pub path: Vec<u8>,
    #[diesel(deserialize_as = String)]
    pub status: CommentStatus,
}

/// The stored count of an article that was asked for by a slug.
#[derive(Debug, Queryable)]
pub struct Counted {
    pub slug: String,
    pub article_id: Uuid,
    pub count: Option<i32>,
}

/// A stored counter that is not what counting gives.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Drift {
    /// The article.
    #[diesel(sql_type = SqlUuid)]
    pub article_id: Uuid,
    /// The comment; none for the thread's own counters.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub comment_id: Option<Uuid>,
    /// The column.
    #[diesel(sql_type = SqlText)]
    pub counter: String,
    /// What it holds; yes and no are 1 and 0.
    #[diesel(sql_type = BigInt)]
    pub stored: i64,
    /// What it should hold.
    #[diesel(sql_type = BigInt)]
    pub counted: i64,
}

/// What a writer is called, and what they are to the publication.
#[derive(Debug, Clone, Default)]
pub struct Byline {
    pub member_name: Option<String>,
    pub member_role: Option<String>,
    pub guest_name: Option<String>,
}

impl NewRow {
    /// The comment as it is read once this row is there.
    #[must_use]
    pub fn as_read(&self, byline: Byline) -> CommentRow {
        CommentRow {
            id: self.id,
            article_id: self.article_id,
            parent_id: self.parent_id,
            root_id: self.root_id,
            position: self.position,
            root_no: self.root_no,
            depth: self.depth,
            path: self.path.clone(),
            account_id: self.account_id,
            guest_id: self.guest_id,
            status: self.status,
            revision: 1,
            body_markdown: self.text.body_markdown.clone(),
            body_html: self.text.body_html.clone(),
            body_text: self.text.body_text.clone(),
            reply_count: 0,
            descendant_count: 0,
            answers: i32::from(self.is_answer),
            section_id: self.section_id.clone(),
            quote: self.quote.clone(),
            fragment: self.fragment.clone(),
            rank: self.rank,
            reactions: Value::Null,
            marks: Marks::default(),
            mention_count: self.mention_count,
            created_at: self.created_at,
            edited_at: None,
            member_name: byline.member_name,
            member_role: byline.member_role,
            guest_name: byline.guest_name,
        }
    }
}

/// A new comment's row.
#[derive(Debug)]
pub struct NewRow {
    pub id: Uuid,
    pub article_id: Uuid,
    pub parent_id: Option<Uuid>,
    pub root_id: Uuid,
    pub position: i64,
    pub root_no: Option<i32>,
    pub depth: i32,
    pub path: Vec<u8>,
    pub account_id: Option<Uuid>,
    pub guest_id: Option<Uuid>,
    pub status: CommentStatus,
    pub shown: bool,
    pub is_answer: bool,
    pub section_id: Option<String>,
    pub quote: Option<String>,
    pub fragment: Option<String>,
    pub rank: i64,
    pub mention_count: i16,
    pub created_at: DateTime<Utc>,
    pub text: Text,
}
