//! What clients send.

use crate::throttle::SolvedChallenge;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

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
    #[schema(min_length = 1, max_length = 200, example = "step-1-wait")]
    pub section_id: Option<String>,
    /// What it quotes of that section: words that stand there, whatever the white space between them.
    #[schema(min_length = 1, max_length = 300, example = "Ask once, then wait.")]
    pub quote: Option<String>,
    /// Whom it calls by name, at most 10: the ids of people who have a visible comment on the same article.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 10)]
    pub mentions: Vec<Uuid>,
    /// Who writes it, when that is somebody without an account and without a manage token.
    pub guest: Option<NewGuest>,
    /// A challenge that was met, from `POST /v1/challenges`: where many new guests come from one network, the next is
    /// asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub challenge: Option<SolvedChallenge>,
    /// Whether it is to be taken as it is, after 422 `rephrase` has said what is better said otherwise. It may have to wait for
    /// a moderator then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub as_is: bool,
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
    /// Whom it calls by name from now on, as when posting; those whom it names already may stay. Left out: as before.
    #[schema(max_items = 10)]
    pub mentions: Option<Vec<Uuid>>,
    /// As when posting.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub as_is: bool,
    /// What everybody is to see beside it of what was wrong, as plain text on one line, of at most 500 characters: from
    /// coaches, moderators and admins only, who may change what they wrote at any time. It stays until another takes its
    /// place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 500, example = "Corrected: the group meets on Thursdays.")]
    pub correction_note: Option<String>,
}
