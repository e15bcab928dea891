//! How comments are read: what clients ask for, and what a page is made of.

use super::{Comment, CommentRow};
use crate::{
    error::{Code, Error, Field, Result},
    http::list::{List, MAX_LIMIT},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Roots on a page, and direct replies, unless the client says otherwise.
pub const DEFAULT_LIMIT: i64 = 20;

/// Replies to each comment that come with it, unless the client says otherwise.
const DEFAULT_REPLIES: i64 = 3;

/// The most that come with it; a larger number is lowered to it.
const MAX_REPLIES: i64 = 20;

/// Levels below each comment of a page that come with it, unless the client says otherwise.
const DEFAULT_DEPTH: i32 = 2;

/// Comments below those of a page that come with them, altogether.
pub const MAX_NESTED: usize = 1000;

/// The longest id of a section, characters.
const MAX_SECTION: usize = 200;

/// The order of roots. Replies are in the order in which they were written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// The first comes first.
    #[default]
    Oldest,
    /// The last comes first.
    Newest,
    /// What readers react to comes first; what is younger by two days stands as high with e times fewer reactions.
    Top,
}

impl Sort {
    /// Its name in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Oldest => "oldest",
            Self::Newest => "newest",
            Self::Top => "top",
        }
    }
}

/// How much comes with each comment of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Replies to each comment.
    pub replies: i64,
    /// One more than that: whether there is one more is told by looking.
    pub ahead: i64,
    /// Levels below each comment of the page.
    pub depth: i32,
    /// The depth from which on replies go on flat: the setting `thread_levels`.
    pub levels: i32,
}

impl Budget {
    fn new(replies: i64, depth: i32, levels: i32) -> Self {
        Self { replies, ahead: replies + 1, depth, levels }
    }

    /// Nothing comes with a comment.
    #[must_use]
    pub fn none(levels: i32) -> Self {
        Self::new(0, 0, levels)
    }

    /// Whether nothing comes with a comment.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        self.replies == 0 || self.depth == 0
    }

    fn read(replies: Option<i64>, depth: Option<i64>, levels: i32) -> Result<Self> {
        let replies = at_least_none("replies", replies)?.unwrap_or(DEFAULT_REPLIES).min(MAX_REPLIES);
        let depth =
            at_least_none("depth", depth)?.map_or(DEFAULT_DEPTH, |depth| i32::try_from(depth).unwrap_or(levels));
        Ok(Self::new(replies, depth.min(levels), levels))
    }

    /// The parameters that ask for it.
    #[must_use]
    pub fn canonical(&self) -> String {
        format!("replies={}&depth={}", self.replies, self.depth)
    }
}

fn at_least_none(name: &str, given: Option<i64>) -> Result<Option<i64>> {
    if given.is_some_and(|given| given < 0) {
        return Err(refused(Field::parameter(name, "out_of_range", "must not be negative")));
    }
    Ok(given)
}

fn refused(field: Field) -> Error {
    Error::new(Code::BadRequest, "A query parameter is not acceptable.").at(field)
}

/// How a page of replies is asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Comments on the page; a larger number is lowered.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<i64>,
    /// Replies to each comment that come with it; a larger number is lowered.
    #[param(minimum = 0, maximum = 20, default = 3)]
    replies: Option<i64>,
    /// Levels below each comment of the page that come with it, at most as many as the publication nests; a larger number
    /// is lowered. Altogether no more than 1000 comments come with those of a page.
    #[param(minimum = 0, maximum = 23, default = 2)]
    depth: Option<i64>,
    /// Where the page begins: from `next` or `prev` of another page.
    pub cursor: Option<String>,
}

/// How a page of a thread is asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ThreadQuery {
    /// The order of roots, default `oldest`.
    #[serde(default)]
    #[param(inline, required = false)]
    pub sort: Sort,
    /// Only roots that are about this section of the article.
    #[param(min_length = 1, max_length = 200, example = "ask-once")]
    section: Option<String>,
    /// Only roots that a coach, or another of the publication's people, has answered, or only those that none has.
    answered: Option<bool>,
    /// Roots on the page; a larger number is lowered.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<i64>,
    /// Replies to each comment that come with it; a larger number is lowered.
    #[param(minimum = 0, maximum = 20, default = 3)]
    replies: Option<i64>,
    /// Levels below each root that come with it, at most as many as the publication nests; a larger number is lowered.
    /// Altogether no more than 1000 replies come with the roots of a page.
    #[param(minimum = 0, maximum = 23, default = 2)]
    depth: Option<i64>,
    /// Where the page begins: from `next` or `prev` of another page.
    cursor: Option<String>,
}

/// Which roots, in which order.
#[derive(Debug, Clone)]
pub struct Selection {
    pub sort: Sort,
    pub section: Option<String>,
    pub answered: Option<bool>,
}

impl Selection {
    /// The parameters that ask for it.
    #[must_use]
    pub fn canonical(&self) -> String {
        let section = self.section.iter().flat_map(|section| {
            let encoded: String = form_urlencoded::byte_serialize(section.as_bytes()).collect();
            ["&section=".to_owned(), encoded]
        });
        let answered = self.answered.map(|answered| format!("&answered={answered}"));
        [format!("sort={}", self.sort.as_str())].into_iter().chain(section).chain(answered).collect()
    }
}

impl ThreadQuery {
    /// Which roots, and the rest.
    ///
    /// # Errors
    /// [`Code::BadRequest`] for what no section can be called.
    pub fn split(self) -> Result<(Selection, PageQuery)> {
        let ill_formed = |section: &String| {
            section.is_empty() || section.chars().count() > MAX_SECTION || section.chars().any(char::is_control)
        };
        if self.section.as_ref().is_some_and(ill_formed) {
            return Err(refused(Field::parameter("section", "malformed", "must be the id of a section")));
        }
        let page = PageQuery { limit: self.limit, replies: self.replies, depth: self.depth, cursor: self.cursor };
        Ok((Selection { sort: self.sort, section: self.section, answered: self.answered }, page))
    }
}

impl PageQuery {
    /// How much comes with each comment, where replies nest so many `levels` deep.
    ///
    /// # Errors
    /// [`Code::BadRequest`] for less than nothing.
    pub fn budget(&self, levels: i32) -> Result<Budget> {
        Budget::read(self.replies, self.depth, levels)
    }

    /// The parameters but for the cursor, as they are applied: equal for requests that mean the same.
    ///
    /// # Errors
    /// As [`PageQuery::budget`].
    pub fn canonical(&self, levels: i32) -> Result<String> {
        let limit = self.limit.unwrap_or(DEFAULT_LIMIT).min(MAX_LIMIT);
        Ok(format!("limit={limit}&{}", self.budget(levels)?.canonical()))
    }

    /// An address with the cursor that this was asked for with.
    #[must_use]
    pub fn at_cursor(&self, address: &str) -> String {
        at_cursor(address, self.cursor.as_deref())
    }
}

fn at_cursor(address: &str, cursor: Option<&str>) -> String {
    cursor.map_or_else(|| address.to_owned(), |cursor| format!("{address}&cursor={cursor}"))
}

/// How a comment in its place is asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ContextQuery {
    /// Replies to each comment that come with it; a larger number is lowered.
    #[param(minimum = 0, maximum = 20, default = 3)]
    replies: Option<i64>,
    /// Levels below the comment that come with it, at most as many as the publication nests; a larger number is lowered.
    #[param(minimum = 0, maximum = 23, default = 2)]
    depth: Option<i64>,
    /// Which ancestors: from `ancestors_next` of an answer about the same comment.
    pub cursor: Option<String>,
}

impl ContextQuery {
    /// How much comes with the comment.
    ///
    /// # Errors
    /// [`Code::BadRequest`] for less than nothing.
    pub fn budget(&self, levels: i32) -> Result<Budget> {
        Budget::read(self.replies, self.depth, levels)
    }

    /// An address with the cursor that this was asked for with.
    #[must_use]
    pub fn at_cursor(&self, address: &str) -> String {
        at_cursor(address, self.cursor.as_deref())
    }
}

/// A comment that stands below one of a page.
#[derive(Debug, Clone)]
pub struct Below {
    pub row: CommentRow,
    /// The comment in whose replies it is shown: its parent, or its ancestor on the last level that nests.
    pub above: Uuid,
    /// Whether more is shown there than what came.
    pub more: bool,
}

/// A page of comments, each with its first replies.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommentPage {
    /// The comments.
    #[serde(flatten)]
    pub list: List<Comment>,
    /// How many replies to each comment were included at most.
    #[schema(example = 3)]
    pub replies: i64,
    /// How many levels below each comment of the page were included at most.
    #[schema(example = 2)]
    pub depth: i32,
}

/// A page of an article's thread.
#[derive(Debug, Serialize, ToSchema)]
pub struct Thread {
    /// Its roots.
    #[serde(flatten)]
    pub page: CommentPage,
    /// On the first page of a whole thread, neither of a section nor of what is `answered` or not: its pinned roots in their order, without replies. They stand in their natural
    /// places too.
    #[schema(max_items = 10)]
    pub pinned: Vec<Comment>,
    /// Comments under the article, replies among them, tombstones not.
    #[schema(example = 91)]
    pub count: i32,
    /// Roots under the article, on all pages.
    #[schema(example = 40)]
    pub root_count: i32,
}

/// A comment in its place.
#[derive(Debug, Serialize, ToSchema)]
pub struct Context {
    /// The slug of its article.
    #[schema(example = "how-to-listen")]
    pub article: String,
    /// What it replies to, and so on: the root first, the parent last. In deep conversations the root and up to 25.
    pub ancestors: Vec<Comment>,
    /// Address of the same with the ancestors that are left out, those below the root; null when none are.
    pub ancestors_next: Option<String>,
    /// The comment, with its first replies.
    pub comment: Comment,
    /// What stands beside it.
    pub siblings: Siblings,
}

/// What stands beside a comment, in the order in which it was written: other roots, or replies to the same comment.
#[derive(Debug, Serialize, ToSchema)]
pub struct Siblings {
    /// Up to 3 before it.
    pub before: Vec<Comment>,
    /// Up to 3 after it.
    pub after: Vec<Comment>,
}
