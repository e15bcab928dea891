//! What an author is handed out of the own articles: what is on the title page. The text is the publication's, and often
//! others' too.

use crate::db::schema::articles;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;
use uuid::Uuid;

/// An article as one of its authors is handed it.
#[derive(Debug, Serialize, Queryable, Selectable)]
#[diesel(table_name = articles)]
pub struct OwnArticle {
    /// Its id.
    pub id: Uuid,
    /// Its place in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// `draft` or `published`.
    pub status: String,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When it was first published.
    pub published_at: Option<DateTime<Utc>>,
}
