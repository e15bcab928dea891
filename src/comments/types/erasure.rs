//! Whoever is erased, and what is handed out to somebody of their own.

use super::{CommentStatus, Correction, Moderation, OwnRevision};
use crate::{accounts::ErasureMode, db::schema::comments};
use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

/// Whose comments they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    Member(Uuid),
    Guest(Uuid),
}

impl Author {
    /// The account's id, or the guest's.
    #[must_use]
    pub const fn id(self) -> Uuid {
        match self {
            Self::Member(id) | Self::Guest(id) => id,
        }
    }
}

/// How a guest wants to be erased.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GuestErasure {
    /// What becomes of the comments.
    #[param(inline)]
    pub comments: ErasureMode,
}

/// A comment of somebody who is being erased.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = comments, check_for_backend(Pg))]
pub struct Written {
    pub id: Uuid,
    pub article_id: Uuid,
    #[diesel(deserialize_as = String)]
    pub status: CommentStatus,
    /// Whether the public sees it or its tombstone.
    pub shown: bool,
}

/// A comment as it is handed out to the one who wrote it.
#[derive(Debug, Serialize)]
pub struct OwnComment {
    /// What its own row tells.
    #[serde(flatten)]
    pub row: OwnRow,
    /// What it said before, as far as that is kept.
    pub earlier: Vec<OwnRevision>,
    /// Whom it calls by name: the ids of accounts and guests.
    pub mentions: Vec<Uuid>,
    /// What they said of having corrected it, the oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// Why it is not shown, where it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moderation: Option<Moderation>,
}

/// Where somebody is called by name.
#[derive(Debug, Serialize, Queryable)]
pub struct OwnMention {
    /// The comment that does.
    pub id: Uuid,
    /// The slug of the article that it stands under.
    pub article: String,
}

/// What a comment's row tells the one who wrote it.
#[derive(Debug, Serialize, Queryable)]
pub struct OwnRow {
    /// Its id.
    pub id: Uuid,
    /// The slug of the article that it stands under.
    pub article: String,
    /// What it replies to.
    pub parent_id: Option<Uuid>,
    /// The section that it is about.
    pub section_id: Option<String>,
    /// What it quotes of that section; nothing when its author deleted it, or it cannot be restored any more.
    pub quote: Option<String>,
    /// What became of it: what moderators decided, too.
    #[diesel(deserialize_as = String)]
    pub status: CommentStatus,
    /// What it says; empty when it was deleted.
    pub body: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub edited_at: Option<DateTime<Utc>>,
    /// When it was deleted.
    pub deleted_at: Option<DateTime<Utc>>,
}
