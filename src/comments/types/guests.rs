//! People without an account: what they say of themselves, and what they are told.

use super::NewGuest;
use crate::{
    db::schema::{articles, guests},
    throttle::SolvedChallenge,
};
use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Somebody without an account who writes nothing yet.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IntroduceGuest {
    /// The name to be shown, at most 60 characters.
    #[serde(default)]
    #[schema(required, min_length = 1, max_length = 60, example = "Annice")]
    pub name: String,
    /// Never shown to anybody. Asked by mail whether it is the guest's; until then nothing else is sent there.
    #[schema(max_length = 254, example = "annice@example.org")]
    pub email: Option<String>,
    /// As in a new comment.
    pub challenge: Option<SolvedChallenge>,
    /// As in a new comment: leave it out or empty.
    #[schema(max_length = 0)]
    pub website: Option<String>,
}

impl From<&IntroduceGuest> for NewGuest {
    fn from(guest: &IntroduceGuest) -> Self {
        Self { name: guest.name.clone(), email: guest.email.clone() }
    }
}

/// A guest who was introduced, kept so that a repeated request introduces nobody else.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct GuestReceipt {
    pub guest_id: Uuid,
}

/// A new guest.
#[derive(Debug, Serialize, ToSchema)]
pub struct Introduced {
    /// As in the `author` of what they write.
    pub guest: GuestHead,
    /// Given once: `Authorization: Guest <manage_token>` reacts and writes as this guest on this article.
    pub manage_token: String,
    /// Where they see to what they do here, with that token: for a bookmark. Left out where the publication has no page for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "https://example.org/mine#manage_token=AZjC8K")]
    pub manage_link: Option<String>,
}

/// A guest as the public knows them.
#[derive(Debug, Serialize, ToSchema)]
pub struct GuestHead {
    /// Of this article only: the same person has another id elsewhere.
    pub id: Uuid,
    /// The name that they chose.
    #[schema(example = "Annice")]
    pub name: String,
}

/// A guest, as told to the guest. The address itself is told to nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable)]
#[diesel(table_name = guests, check_for_backend(Pg))]
pub struct OwnGuest {
    /// As in the `author` of what they write.
    pub id: Uuid,
    /// The name that everybody sees.
    #[schema(example = "Annice")]
    #[diesel(select_expression = guests::display_name)]
    pub name: String,
    /// The slug of the one article on which they are this guest.
    #[schema(example = "how-to-listen")]
    #[diesel(select_expression = articles::slug)]
    pub article: String,
    /// Whether an address was given.
    #[diesel(select_expression = guests::email_hash.is_not_null())]
    pub has_email: bool,
    /// Whether it was confirmed to be theirs: only then anything is sent there.
    #[diesel(select_expression = guests::email_verified_at.is_not_null())]
    pub email_verified: bool,
    /// Whether they want mail about their own comments.
    pub subscribed: bool,
    /// When they came.
    pub created_at: DateTime<Utc>,
}

/// What a guest changes.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditGuest {
    /// The name to be shown from now on, beside what was written before, too; at most 60 characters.
    #[schema(min_length = 1, max_length = 60, example = "Annice")]
    pub name: Option<String>,
    /// Whether to get mail about one's own comments.
    pub subscribed: Option<bool>,
}

/// How one's own comments are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OwnCommentsQuery {
    /// Comments on the page, 1 to 100, default 20; a larger number is lowered.
    #[param(minimum = 1, default = 20)]
    pub limit: Option<i64>,
    /// Where the page begins: from `next` or `prev` of another page.
    pub cursor: Option<String>,
}

/// The guest whom an account takes in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimGuest {
    /// What the guest was given.
    #[schema(value_type = String, max_length = 100)]
    pub manage_token: SecretString,
}

/// What went over from a guest into an account.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Claimed {
    /// Comments, whatever became of them.
    #[schema(example = 4)]
    pub comments: usize,
    /// Reactions, but those that the account had given, too, and those to what it wrote.
    #[schema(example = 1)]
    pub reactions: usize,
    /// Mentions by others, but where the account was mentioned, too.
    #[schema(example = 0)]
    pub mentions: usize,
    /// Private threads.
    #[schema(example = 0)]
    pub private_threads: usize,
}
