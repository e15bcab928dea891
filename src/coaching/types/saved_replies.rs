//! Texts that coaches answer with again and again.

use crate::{
    comments::Colleague,
    db::schema::{accounts, saved_replies},
};
use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// A text to be kept.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSavedReply {
    /// What it is found by: plain text on one line, at most 120 characters.
    #[schema(min_length = 1, max_length = 120, example = "Where the group meets")]
    pub title: String,
    /// Markdown, at most 20 000 characters, as in a comment.
    #[schema(min_length = 1, max_length = 20_000, example = "We meet *every Thursday* at six.")]
    pub body: String,
    /// Whether all coaches may use it; else only you.
    #[serde(default)]
    pub shared: bool,
}

/// What is to be different; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditSavedReply {
    /// As when it was kept.
    #[schema(min_length = 1, max_length = 120, example = "Where the group meets")]
    pub title: Option<String>,
    /// As when it was kept.
    #[schema(min_length = 1, max_length = 20_000, example = "We meet *every Thursday* at six.")]
    pub body: Option<String>,
    /// As when it was kept.
    pub shared: Option<bool>,
}

/// A text that a coach answers with again and again.
#[derive(Debug, Serialize, ToSchema)]
pub struct SavedReply {
    /// Its id.
    pub id: Uuid,
    /// What `If-Match` takes.
    #[schema(example = 1)]
    pub revision: i64,
    /// What it is found by.
    #[schema(example = "Where the group meets")]
    pub title: String,
    /// Markdown.
    #[schema(example = "We meet *every Thursday* at six.")]
    pub body: String,
    /// Whether all coaches may use it.
    pub shared: bool,
    /// Who may change it, beside admins; null for somebody who is gone.
    pub author: Option<Colleague>,
    /// When it was kept first.
    pub created_at: DateTime<Utc>,
    /// When it was changed last.
    pub updated_at: DateTime<Utc>,
}

/// The same as it is stored.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = saved_replies, check_for_backend(Pg))]
pub struct SavedReplyRow {
    pub id: Uuid,
    pub revision: i64,
    pub author_id: Option<Uuid>,
    #[diesel(select_expression = accounts::display_name.nullable())]
    pub author_name: Option<String>,
    pub title: String,
    pub body_markdown: String,
    pub shared: bool,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

impl From<SavedReplyRow> for SavedReply {
    fn from(row: SavedReplyRow) -> Self {
        let SavedReplyRow { id, revision, title, body_markdown: body, shared, created_at, updated_at, .. } = row;
        let author = row.author_id.zip(row.author_name).map(|(id, name)| Colleague { id, name });
        Self { id, revision, title, body, shared, author, created_at, updated_at }
    }
}

/// What a saved reply says, as it is kept.
#[derive(Debug, PartialEq, Eq, Insertable, AsChangeset)]
#[diesel(table_name = saved_replies)]
pub struct SavedText {
    pub title: String,
    pub body_markdown: String,
    pub shared: bool,
}

/// How a page of saved replies is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SavedReplyQuery {
    /// Only those whose title holds this, capitals or not.
    #[param(min_length = 1, max_length = 120, example = "group")]
    pub q: Option<String>,
    /// Saved replies on the page; a larger number is lowered.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<i64>,
    /// Where the page begins: from `next` or `prev` of another page.
    pub cursor: Option<String>,
}

/// Where a saved reply stands in the list: by its title, then by its id.
pub type SavedReplyPlace = (String, Uuid);
