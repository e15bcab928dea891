//! Texts that were replaced.

use super::{AuthorKind, CommentAuthor, CommentStatus, Correction};
use crate::{
    db::schema::{accounts, comment_revisions, corrections},
    http::{list::List, permission::Role},
};
use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A page of the earlier texts of a comment.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommentHistory {
    /// The comment's present revision, which `If-Match` takes.
    #[schema(example = 3)]
    pub revision: i64,
    /// Where the comment stands now.
    pub status: CommentStatus,
    /// The texts.
    #[serde(flatten)]
    pub list: List<CommentRevision>,
}

/// A text that a comment had.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommentRevision {
    /// The comment's revision while it was its text.
    #[schema(example = 1)]
    pub revision: i64,
    /// As it was written.
    #[schema(example = "Thank you.")]
    pub markdown: String,
    /// What its author said, when it took the place of the one before, of having corrected that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<Correction>,
    /// When it was replaced or deleted.
    pub replaced_at: DateTime<Utc>,
    /// Who did that; null for the guest who wrote it, and for somebody who was erased.
    pub replaced_by: Option<CommentAuthor>,
    /// When it goes for good: 30 days after a moderator deleted the comment.
    pub expires_at: Option<DateTime<Utc>>,
}

/// The same in one row.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = comment_revisions, check_for_backend(Pg))]
pub struct RevisionRow {
    pub revision: i64,
    pub body_markdown: String,
    pub replaced_at: DateTime<Utc>,
    pub replaced_by: Option<Uuid>,
    pub expires_at: Option<DateTime<Utc>>,
    #[diesel(select_expression = corrections::note.nullable())]
    pub note: Option<String>,
    #[diesel(select_expression = corrections::corrected_at.nullable())]
    pub corrected_at: Option<DateTime<Utc>>,
    #[diesel(select_expression = accounts::display_name.nullable())]
    pub name: Option<String>,
    #[diesel(select_expression = accounts::role.nullable())]
    pub role: Option<String>,
}

/// A text on its way into the history.
#[derive(Debug, Insertable)]
#[diesel(table_name = comment_revisions)]
pub struct NewRevision<'a> {
    pub comment_id: Uuid,
    pub revision: i64,
    pub body_markdown: &'a str,
    pub replaced_at: DateTime<Utc>,
    pub replaced_by: Option<Uuid>,
}

/// A text that somebody's comment had, as it is handed out to them.
#[derive(Debug, Serialize, Queryable, Selectable)]
#[diesel(table_name = comment_revisions, check_for_backend(Pg))]
pub struct OwnRevision {
    #[serde(skip)]
    pub comment_id: Uuid,
    /// The comment's revision while it was its text.
    pub revision: i64,
    /// What it said.
    #[diesel(column_name = body_markdown)]
    pub body: String,
    /// When it was replaced or deleted.
    pub replaced_at: DateTime<Utc>,
}

impl From<RevisionRow> for CommentRevision {
    fn from(row: RevisionRow) -> Self {
        let RevisionRow { revision, body_markdown: markdown, replaced_at, replaced_by, expires_at, .. } = row;
        let (name, role) = (row.name, row.role);
        let correction = Correction::of(row.note, row.corrected_at);
        let replaced_by = replaced_by.zip(name).map(|(id, name)| CommentAuthor {
            id: Some(id),
            name,
            kind: role.and_then(|role| Role::try_from(role).ok()).map_or(AuthorKind::Reader, AuthorKind::from),
        });
        Self { revision, markdown, correction, replaced_at, replaced_by, expires_at }
    }
}
