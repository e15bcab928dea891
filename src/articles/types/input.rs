//! What coaches and importers hand in, before it has been looked at.

use super::Status;
use crate::http::json::said;
use crate::screening::Mode;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// A new article. It begins as a draft.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateArticle {
    /// Plain text on one line.
    #[schema(min_length = 1, max_length = 200, example = "How to listen")]
    pub title: String,
    /// Markdown (GFM).
    #[schema(min_length = 1, max_length = 500_000, example = "Begin with silence.\n\n## Step 1: Wait\n\nLonger.")]
    pub body: String,
    /// Its place in addresses; made from the title when left out. One that was given must be free.
    #[schema(max_length = 80, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
    pub slug: Option<String>,
    /// Plain text.
    #[schema(max_length = 500)]
    pub summary: Option<String>,
    /// Names; two that differ only in case or punctuation are the same tag.
    #[schema(max_items = 20)]
    pub tags: Option<Vec<String>>,
    /// A language tag (BCP 47); `en` when left out.
    #[schema(example = "en-GB")]
    pub locale: Option<String>,
    /// Open, with guests and without waiting when left out.
    pub comments: Option<CommentPolicyInput>,
    /// Accounts of coaches or admins, in the order in which they are shown; whoever creates it when left out.
    #[schema(max_items = 20)]
    pub authors: Option<Vec<Uuid>>,
}

/// What to change in an article; what is left out stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditArticle {
    /// Plain text on one line.
    #[schema(min_length = 1, max_length = 200)]
    pub title: Option<String>,
    /// Markdown (GFM). Sections keep their ids.
    #[schema(min_length = 1, max_length = 500_000)]
    pub body: Option<String>,
    /// Its place in addresses; the former one goes on leading to it.
    #[schema(max_length = 80, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
    pub slug: Option<String>,
    /// Plain text.
    #[schema(max_length = 500)]
    pub summary: Option<String>,
    /// All its tags, by name.
    #[schema(max_items = 20)]
    pub tags: Option<Vec<String>>,
    /// A language tag (BCP 47).
    #[schema(example = "en-GB")]
    pub locale: Option<String>,
    /// Who may comment.
    pub comments: Option<CommentPolicyInput>,
    /// All its authors: accounts of coaches or admins.
    #[schema(min_items = 1, max_items = 20)]
    pub authors: Option<Vec<Uuid>>,
}

impl From<CreateArticle> for EditArticle {
    fn from(new: CreateArticle) -> Self {
        let CreateArticle { title, body, slug, summary, tags, locale, comments, authors } = new;
        Self { title: Some(title), body: Some(body), slug, summary, tags, locale, comments, authors }
    }
}

/// Who may comment; what is left out stays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CommentPolicyInput {
    /// Whether new comments are taken.
    pub open: Option<bool>,
    /// Whether people without an account may write some.
    pub guests: Option<bool>,
    /// Who waits for a moderator before being shown; null for what the publication's setting says.
    #[serde(default, deserialize_with = "said", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Mode>)]
    pub moderation: Option<Option<Mode>>,
    /// Links in a comment above which it is held for a moderator; null for what the publication's setting says.
    #[serde(default, deserialize_with = "said", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i32>, minimum = 0, maximum = 1000)]
    pub links_held: Option<Option<i32>>,
    /// Days after its publication at which no more are taken, 0 for never; null for what the publication's setting says.
    #[serde(default, deserialize_with = "said", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i32>, minimum = 0, maximum = 36_500)]
    pub close_after_days: Option<Option<i32>>,
}

/// An article as another room makes one.
#[derive(Debug, Clone)]
pub struct NewArticle {
    /// Its text.
    pub article: CreateArticle,
    /// Who can read it.
    pub status: Status,
    /// When it was published; now when left out and published.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was last changed; when it was published, or now, when left out.
    pub updated_at: Option<DateTime<Utc>>,
    /// Paths by which it was known elsewhere, such as `/2018/06/how-to-listen/` and `/?p=11`.
    pub addresses: Vec<String>,
}

impl From<CreateArticle> for NewArticle {
    /// A draft, written now.
    fn from(article: CreateArticle) -> Self {
        Self { article, status: Status::Draft, published_at: None, updated_at: None, addresses: Vec::new() }
    }
}

/// An article from elsewhere. Its title and body may be blank, it may have any number of tags, and its slug is only a wish.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The article that an earlier import made of it.
    pub id: Option<Uuid>,
    /// As it is there now.
    pub article: NewArticle,
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The article.
    pub article_id: Uuid,
    /// What happened to it.
    pub change: Change,
}

/// What an import did to one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Created,
    /// It was here and is different now.
    Changed,
    /// It was here and stays as it is.
    Unchanged,
}

/// Which articles, and how many.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ArticleFilter {
    /// How many at most; more than 100 is lowered to that, and the answer says so.
    #[param(minimum = 1, default = 20)]
    pub limit: Option<i64>,
    /// Where to go on, from the `next` or `prev` of a page with the same filters.
    pub cursor: Option<String>,
    /// Only articles with this tag, named by its slug.
    pub tag: Option<String>,
}

/// How many drafts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DraftFilter {
    /// How many at most; more than 100 is lowered to that, and the answer says so.
    #[param(minimum = 1, default = 20)]
    pub limit: Option<i64>,
    /// Where to go on, from the `next` or `prev` of a page.
    pub cursor: Option<String>,
}

/// An address from before.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FormerAddress {
    /// A path or a whole URL, with query and fragment where they matter: `/?p=11`, `/2018/06/how-to-listen/#comment-123`.
    #[param(example = "/2018/06/how-to-listen/")]
    pub path: String,
    /// What stood after the `#`, where it does not stand in `path`: a server gets to see no fragment of the page's address, so a
    /// script has to send it.
    #[param(example = "comment-123")]
    fragment: Option<String>,
}

impl FormerAddress {
    /// The whole address.
    #[must_use]
    pub fn whole(self) -> String {
        match self.fragment {
            Some(fragment) if !self.path.contains('#') => format!("{}#{}", self.path, fragment.trim_start_matches('#')),
            _ => self.path,
        }
    }
}
