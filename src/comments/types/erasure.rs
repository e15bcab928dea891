//! Whoever is erased, and what is handed out to somebody of their own.

use super::{CommentStatus, OwnRevision};
use crate::{accounts::ErasureMode, db::schema::comments};
use chrono::{DateTime, Utc};
use diesel::{
    pg::Pg,
    prelude::*,
    sql_types::{Bool, Integer, Nullable, Uuid as SqlUuid},
};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

/// Whose comments they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    Member(Uuid),
    Guest(Uuid),
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

/// How a comment hangs in its thread.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Standing {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub article_id: Uuid,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub parent_id: Option<Uuid>,
    #[diesel(sql_type = SqlUuid)]
    pub root_id: Uuid,
    #[diesel(sql_type = Bool)]
    pub visible: bool,
    #[diesel(sql_type = Integer)]
    pub reply_count: i32,
}

/// A comment as it is handed out to the one who wrote it.
#[derive(Debug, Serialize)]
pub struct OwnComment {
    /// What its own row tells.
    #[serde(flatten)]
    pub row: OwnRow,
    /// What it said before, as far as that is kept.
    pub earlier: Vec<OwnRevision>,
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
    /// `visible`, `pending`, `held`, `rejected` or `deleted`: what moderators decided, too.
    pub status: String,
    /// What it says; empty when it was deleted.
    pub body: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub edited_at: Option<DateTime<Utc>>,
    /// When it was deleted.
    pub deleted_at: Option<DateTime<Utc>>,
}
