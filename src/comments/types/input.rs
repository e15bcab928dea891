//! What clients send.

use crate::{
    error::{Code, Error, Field, Result},
    http::list::MAX_LIMIT,
    throttle::SolvedChallenge,
};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Roots on a page, and direct replies, unless the client says otherwise.
pub const DEFAULT_LIMIT: i64 = 20;

/// Comments below each root that come with it, unless the client says otherwise.
const DEFAULT_REPLIES: i64 = 3;

/// The most that come with it; a larger number is lowered to it.
const MAX_REPLIES: i64 = 20;

/// The order of roots. Replies are in the order in which they were written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// The first comes first.
    #[default]
    Oldest,
    /// The last comes first.
    Newest,
}

impl Sort {
    /// Its name in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Oldest => "oldest",
            Self::Newest => "newest",
        }
    }
}

/// How a page of comments is asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Comments on the page, 1 to 100, default 20; a larger number is lowered.
    pub limit: Option<i64>,
    /// Comments below each that come with it, in reading order, 0 to 20, default 3; a larger number is lowered.
    replies: Option<i64>,
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
    /// Roots on the page, 1 to 100, default 20; a larger number is lowered.
    limit: Option<i64>,
    /// Comments below each root that come with it, in reading order, 0 to 20, default 3; a larger number is lowered.
    replies: Option<i64>,
    /// Where the page begins: from `next` or `prev` of another page.
    cursor: Option<String>,
}

impl ThreadQuery {
    /// The order, and the rest.
    #[must_use]
    pub fn split(self) -> (Sort, PageQuery) {
        (self.sort, PageQuery { limit: self.limit, replies: self.replies, cursor: self.cursor })
    }
}

impl PageQuery {
    /// How many comments below each come with it.
    ///
    /// # Errors
    /// [`Code::BadRequest`] for less than none.
    pub fn replies(&self) -> Result<i64> {
        let replies = self.replies.unwrap_or(DEFAULT_REPLIES);
        if replies < 0 {
            let field = Field::parameter("replies", "out_of_range", "must not be negative");
            return Err(Error::new(Code::BadRequest, "A query parameter is not acceptable.").at(field));
        }
        Ok(replies.min(MAX_REPLIES))
    }

    /// The parameters but for the cursor, as they are applied: equal for requests that mean the same.
    ///
    /// # Errors
    /// As [`PageQuery::replies`].
    pub fn canonical(&self) -> Result<String> {
        let limit = self.limit.unwrap_or(DEFAULT_LIMIT).min(MAX_LIMIT);
        Ok(format!("limit={limit}&replies={}", self.replies()?))
    }

    /// An address with the cursor that this was asked for with.
    #[must_use]
    pub fn at_cursor(&self, address: &str) -> String {
        self.cursor.as_ref().map_or_else(|| address.to_owned(), |cursor| format!("{address}&cursor={cursor}"))
    }
}

/// Which articles' comments are counted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CountQuery {
    /// Slugs, 1 to 100, separated by commas.
    #[param(example = "how-to-listen,the-second-cup")]
    pub articles: String,
}

/// A new comment.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostComment {
    /// Markdown, at most 20 000 characters. Images, tables and raw HTML are not taken over.
    #[schema(min_length = 1, max_length = 20_000, example = "Thank you, *this* helped.")]
    pub body: String,
    /// The visible comment on the same article that this replies to.
    pub parent_id: Option<Uuid>,
    /// The section of the article that it is about.
    pub section_id: Option<String>,
    /// Who writes it, when that is somebody without an account and without a manage token.
    pub guest: Option<NewGuest>,
    /// A challenge that was met, from `POST /v1/challenges`: where many new guests come from one network, the next is
    /// asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub challenge: Option<SolvedChallenge>,
    /// Leave it out or empty: a field that people do not see and machines fill in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 0)]
    pub website: Option<String>,
}

/// Somebody without an account.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGuest {
    /// The name to be shown, at most 60 characters.
    #[serde(default)]
    #[schema(required, min_length = 1, max_length = 60, example = "Annice")]
    pub name: String,
    /// Never shown to anybody. Asked by mail whether it is the guest's; until then nothing else is sent there.
    #[schema(max_length = 254, example = "annice@example.org")]
    pub email: Option<String>,
}

/// The code that was sent to the address a guest gave.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmGuest {
    /// The code; good once, for 24 hours.
    #[schema(value_type = String)]
    pub code: SecretString,
}

/// What an author makes of a comment.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditComment {
    /// Markdown, at most 20 000 characters.
    #[schema(min_length = 1, max_length = 20_000, example = "Thank you, this helped *me* too.")]
    pub body: String,
}
