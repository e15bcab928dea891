//! What readers give comments.

use super::Writer;
use crate::db::schema::reactions;
use chrono::{DateTime, Utc};
use diesel::{
    pg::Pg,
    prelude::*,
    sql_types::{Array, Text, Uuid as SqlUuid},
};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// Counts by kind; a kind that nobody gave is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(example = json!({"helpful": 12}))]
pub struct ReactionCounts(BTreeMap<String, i64>);

impl ReactionCounts {
    /// One more of a kind (`by` 1), or one less (-1).
    pub fn shift(&mut self, kind: &str, by: i64) {
        let count = self.0.entry(kind.to_owned()).or_default();
        *count += by;
        if *count <= 0 {
            self.0.remove(kind);
        }
    }

    /// All of them.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.0.values().sum()
    }

    /// As they are stored.
    #[must_use]
    pub fn stored(&self) -> Value {
        json!(self.0)
    }
}

impl From<Value> for ReactionCounts {
    fn from(stored: Value) -> Self {
        let Value::Object(stored) = stored else { return Self::default() };
        Self(stored.into_iter().filter_map(|(kind, count)| Some((kind, count.as_i64()?))).collect())
    }
}

/// What a comment got, and what of it is one's own.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reactions {
    /// How many gave it which kind.
    pub reactions: ReactionCounts,
    /// The kinds that whoever asks gave.
    #[schema(example = json!(["helpful"]))]
    pub mine: Vec<String>,
}

/// Who reacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// An account.
    Member(Uuid),
    /// A guest of the same article.
    Guest(Uuid),
}

impl Reader {
    /// Their id.
    #[must_use]
    pub const fn id(self) -> Uuid {
        match self {
            Self::Member(id) | Self::Guest(id) => id,
        }
    }
}

impl Writer {
    /// The same as somebody who reacts; nobody, for somebody new.
    #[must_use]
    pub const fn reader(self) -> Option<Reader> {
        match self {
            Self::Member(id, _) => Some(Reader::Member(id)),
            Self::Guest(id) => Some(Reader::Guest(id)),
            Self::Anonymous => None,
        }
    }
}

/// A reaction on its way into the table.
#[derive(Debug, Insertable)]
#[diesel(table_name = reactions)]
pub struct NewReaction<'a> {
    pub comment_id: Uuid,
    pub article_id: Uuid,
    pub kind: &'a str,
    pub account_id: Option<Uuid>,
    pub guest_id: Option<Uuid>,
    pub created_at: DateTime<Utc>,
}

/// A reaction that was taken back.
#[derive(Debug, Queryable, QueryableByName, Selectable)]
#[diesel(table_name = reactions, check_for_backend(Pg))]
pub struct Taken {
    pub comment_id: Uuid,
    pub kind: String,
}

/// What follows a comment's reactions.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = crate::db::schema::comments, check_for_backend(Pg))]
pub struct Rated {
    pub id: Uuid,
    pub created_at: DateTime<Utc>,
    pub reactions: Value,
}

/// What somebody gave one comment, as it is handed out to them.
#[derive(Debug, Serialize, QueryableByName)]
pub struct OwnReactions {
    /// The comment.
    #[diesel(sql_type = SqlUuid)]
    pub comment_id: Uuid,
    /// The slug of the article that it stands under.
    #[diesel(sql_type = Text)]
    pub article: String,
    /// What they gave it.
    #[diesel(sql_type = Array<Text>)]
    pub kinds: Vec<String>,
}
