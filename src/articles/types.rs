//! Articles as they go over the wire, and the rows they are made of.

mod comments;
mod filing;
mod input;
mod own;

pub use comments::{CommentPolicy, CommentTerms, ThreadPolicy};

pub use filing::Filing;

pub use input::{
    ArticleFilter, Change, CommentPolicyInput, CreateArticle, DraftFilter, EditArticle, FormerAddress, Imported,
    NewArticle, Outcome,
};

pub use own::OwnArticle;

use crate::{
    db::schema::{accounts, articles, tags},
    http::permission::Role,
    text::{Section, is_slug},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// An article's place in addresses, in the only form that one can have: what is none leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Slug(String);

impl Slug {
    /// As it stands in an address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Slug {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if is_slug(&text) { Ok(Self(text)) } else { Err("is not a slug") }
    }
}

/// Who can read an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ArticleStatus)]
pub enum Status {
    /// Coaches.
    Draft,
    /// Everybody.
    Published,
}

impl Status {
    /// Its name in the database and in documents.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
        }
    }
}

impl TryFrom<String> for Status {
    type Error = anyhow::Error;

    fn try_from(name: String) -> anyhow::Result<Self> {
        let known = [Self::Draft, Self::Published].into_iter().find(|status| status.as_str() == name);
        known.ok_or_else(|| anyhow::anyhow!("no such status: {name}"))
    }
}

/// Somebody who wrote an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = accounts)]
#[schema(as = ArticleAuthor)]
pub struct Author {
    /// The account.
    pub id: Uuid,
    /// The name that stands beside what they write.
    #[diesel(column_name = display_name)]
    pub name: String,
    /// The role they have now.
    #[diesel(column_name = role, deserialize_as = String)]
    pub kind: Role,
}

/// What an article is about.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, Queryable, Selectable, Insertable,
)]
#[diesel(table_name = tags)]
pub struct Tag {
    /// What `?tag=` takes.
    #[schema(example = "listening")]
    pub slug: String,
    /// As it was first written.
    #[schema(example = "Listening")]
    pub name: String,
}

/// What an article's own row tells a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = articles)]
pub struct ArticleHead {
    /// Stays through every edit.
    pub id: Uuid,
    /// What `If-Match` takes; every change adds one.
    #[schema(example = 3)]
    pub revision: i64,
    /// Its place in addresses. When it changes, the former one leads to it.
    #[schema(example = "how-to-listen")]
    pub slug: String,
    /// Plain text on one line.
    pub title: String,
    /// Plain text by the author; empty when there is none.
    pub summary: String,
    /// The beginning of the text, for lists.
    pub excerpt: String,
    /// A language tag (BCP 47).
    #[schema(example = "en")]
    pub locale: String,
    /// Who can read it.
    #[diesel(deserialize_as = String)]
    pub status: Status,
    /// When it was first published; null until then.
    #[schema(required)]
    pub published_at: Option<DateTime<Utc>>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// Who may comment.
    #[diesel(embed)]
    pub comments: CommentTerms,
}

impl ArticleHead {
    /// With the time at which it takes no more comments. `default_days` is the publication's setting.
    pub fn close(&mut self, default_days: u32) {
        self.comments.close(self.published_at, default_days);
    }
}

/// An article in a list: without its body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ArticleSummary {
    /// What its own row tells.
    #[serde(flatten)]
    pub head: ArticleHead,
    /// Who wrote it, in the order they chose.
    pub authors: Vec<Author>,
    /// What it is about, by name.
    pub tags: Vec<Tag>,
}

/// The text of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = articles)]
pub struct ArticleBody {
    /// As it was written.
    #[diesel(column_name = body_markdown)]
    pub markdown: String,
    /// Made of it; safe to show as it is.
    #[diesel(column_name = body_html)]
    pub html: String,
}

/// A whole article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Article {
    /// What a list shows of it.
    #[serde(flatten)]
    pub summary: ArticleSummary,
    /// Its text in one piece.
    pub body: ArticleBody,
    /// The same in parts, each with an id that stays through edits: the lead, then one for every heading.
    #[schema(value_type = Vec<Section>)]
    pub sections: Value,
}

/// A whole article's own row.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = articles)]
pub struct ArticleRow {
    #[diesel(embed)]
    pub head: ArticleHead,
    #[diesel(embed)]
    pub body: ArticleBody,
    pub sections: Value,
}

/// What edits change in an article's own row, with all that is derived from it.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = articles)]
pub struct Content {
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub locale: String,
    pub body_markdown: String,
    pub body_html: String,
    pub body_text: String,
    pub excerpt: String,
    pub sections: Value,
    pub renderer: i16,
    #[diesel(embed)]
    pub comments: CommentPolicy,
}

/// A new row.
#[derive(Debug, Insertable)]
#[diesel(table_name = articles)]
pub struct NewRow {
    pub id: Uuid,
    pub status: &'static str,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub published_at: Option<DateTime<Utc>>,
    #[diesel(embed)]
    pub content: Content,
}

/// An article under its row's lock, so that nobody else changes it before this transaction ends.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = articles)]
pub struct Locked {
    pub id: Uuid,
    pub revision: i64,
    #[diesel(deserialize_as = String)]
    pub status: Status,
    pub published_at: Option<DateTime<Utc>>,
    #[diesel(embed)]
    pub content: Content,
}

/// Where an address from before leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Resolved {
    /// The slug of the article.
    pub article: String,
    /// Its address.
    #[schema(example = "/v1/articles/how-to-listen")]
    pub url: String,
    /// The comment that the address named, if it named one.
    #[schema(required)]
    pub comment_id: Option<Uuid>,
}

/// An address that was found.
#[derive(Debug, Queryable)]
pub struct AddressRow {
    pub path: String,
    pub article_id: Uuid,
    /// The article's present one.
    pub slug: String,
    pub comment_id: Option<Uuid>,
}

/// The body of a redirect from a former slug.
#[derive(Debug, Serialize, ToSchema)]
pub struct Moved {
    /// The present slug.
    pub slug: String,
    /// The present address.
    pub url: String,
}
