//! People and sessions as they go over the wire, and as other rooms see them.

use super::super::rules::Email;
use crate::{events::Event, http::permission::Role};
use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::{convert::Infallible, str::FromStr};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// What somebody gives who wants an account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignUp {
    /// Where the code is mailed to.
    #[schema(max_length = 254, example = "ada@example.org")]
    pub email: String,
    /// Taken as it is, blanks included: 15 characters or more, unless the publication asks for another number, and
    /// at most 1024 bytes. What is easy to guess is refused.
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 1024, example = "four rivers under one bridge")]
    pub password: SecretString,
    /// The name beside what the person writes.
    #[schema(min_length = 1, max_length = 60, example = "Ada")]
    pub display_name: String,
}

/// The answer to whatever goes on by mail, whether or not the address is known.
#[derive(Debug, Serialize, ToSchema)]
pub struct Accepted {
    /// What comes next.
    pub status: NextStep,
}

/// What comes next.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NextStep {
    /// A mail tells how to go on.
    CheckYourMail,
}

/// The code out of a sign-up mail, and the password that was chosen then.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    /// The code; good once, for 24 hours, with at most five wrong passwords.
    #[schema(value_type = String)]
    pub code: SecretString,
    /// The password of the sign-up: who has the mail did not necessarily ask for it.
    #[schema(value_type = String, format = Password, max_length = 1024)]
    pub password: SecretString,
}

/// The code out of an invitation, and the password to have.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// The code; good once, for seven days.
    #[schema(value_type = String)]
    pub code: SecretString,
    /// As at sign-up.
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 1024)]
    pub password: SecretString,
}

/// What somebody gives to log in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogIn {
    /// The address of the account.
    #[schema(max_length = 254)]
    pub email: String,
    /// Its password.
    #[schema(value_type = String, format = Password, max_length = 1024)]
    pub password: SecretString,
    /// A code of the authenticator app, or a recovery code; asked for where the account has a second factor.
    #[schema(value_type = Option<String>, max_length = 64, example = "287082")]
    pub one_time_code: Option<SecretString>,
    /// How the refresh token is carried: in the body, which the client keeps safe itself, or in a cookie that no
    /// script can read.
    #[serde(default)]
    pub refresh_token_in: Carrier,
}

/// How a refresh token is carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Carrier {
    /// In the body of requests and answers.
    #[default]
    Body,
    /// In an `HttpOnly`, `SameSite=Strict` cookie, for pages of the same site as the API.
    Cookie,
}

/// What keeps a session going.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    /// The refresh token that came last; left out where a cookie carries it.
    #[schema(value_type = Option<String>)]
    pub refresh_token: Option<SecretString>,
}

/// An account as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Account {
    /// Its id.
    pub id: Uuid,
    /// Goes up with every change.
    pub revision: i64,
    /// The name beside what the person writes.
    pub display_name: String,
    /// What it may do.
    pub role: Role,
    /// Where mails go; an account that was imported may have none.
    pub email: Option<String>,
    /// What the person says of themselves: plain text, to be shown as such.
    pub bio: String,
    /// The person's page elsewhere, `https:` or `http:`.
    pub website: Option<String>,
    /// Since when it exists.
    pub created_at: DateTime<Utc>,
    /// Its owner closed it: until then it can be restored, after that it is erased.
    pub erased_after: Option<DateTime<Utc>>,
}

impl Account {
    /// Something that happened to the account, by itself or by nobody with an account.
    #[must_use]
    pub fn event(&self, kind: &'static str, actor_id: Option<Uuid>) -> Event {
        account_event(self.id, self.revision, kind, actor_id)
    }
}

pub fn account_event(id: Uuid, revision: i64, kind: &'static str, actor_id: Option<Uuid>) -> Event {
    let (tags, data) = (vec![format!("account:{id}")], json!({ "account_id": id }));
    Event { kind, stream: id, version: revision, tags, data, actor_id }
}

/// What a client holds while its user is signed in (RFC 6749 §5.1).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Session {
    /// The session's id, for `Location`.
    #[serde(skip)]
    #[schema(ignore)]
    pub id: Uuid,
    /// To be sent as `Authorization: Bearer …`.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: TokenType,
    /// Seconds until the access token expires.
    pub expires_in: u32,
    /// Good once, for the next session document; left out where a cookie carries it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
}

/// How an access token is sent.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub enum TokenType {
    /// In the `Authorization` header (RFC 6750).
    Bearer,
}

/// A session of one's own that is alive.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignedIn {
    /// Its id.
    pub id: Uuid,
    /// When somebody logged in.
    pub created_at: DateTime<Utc>,
    /// When it was last kept going.
    pub refreshed_at: DateTime<Utc>,
    /// When it ends by itself.
    pub expires_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// Which part of the list of sessions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct SessionPage {
    /// Items at most; 20 if not given, never more than 100.
    #[param(minimum = 1)]
    pub limit: Option<i64>,
    /// Out of `next` or `prev`.
    pub cursor: Option<String>,
}

/// The public halves of the keys that sign access tokens (RFC 7517 §5).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct KeySet {
    /// All that are in use.
    pub keys: Vec<PublicKey>,
}

/// The public half of a key (RFC 8037 §2).
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PublicKey {
    /// Key type.
    #[schema(example = "OKP")]
    pub kty: &'static str,
    /// Curve.
    #[schema(example = "Ed25519")]
    pub crv: &'static str,
    /// What it is for: signatures.
    #[serde(rename = "use")]
    #[schema(example = "sig")]
    pub purpose: &'static str,
    /// With which algorithm.
    #[schema(example = "EdDSA")]
    pub alg: &'static str,
    /// Its name in the header of a token: its thumbprint (RFC 7638).
    pub kid: String,
    /// The key, base64url.
    pub x: String,
}

/// An account to be made without the person's doing.
#[derive(Debug, Clone)]
pub struct NewAccount<'a> {
    /// The name beside what the person writes.
    pub display_name: &'a str,
    /// Where mails go.
    pub email: Option<&'a Email>,
    /// What it may do.
    pub role: Role,
    /// From [`Hasher::hash`](crate::accounts::Hasher::hash); without one the account waits to be claimed.
    pub password_hash: Option<String>,
}

/// How somebody at the command line names an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// By its id.
    Id(Uuid),
    /// By its address.
    Email(String),
}

impl FromStr for Who {
    type Err = Infallible;

    fn from_str(named: &str) -> std::result::Result<Self, Infallible> {
        Ok(named.parse().map_or_else(|_| Self::Email(named.to_owned()), Self::Id))
    }
}

/// A code by which somebody claims an account. It is shown once and stored as a hash.
#[derive(Clone)]
pub struct Invitation {
    /// Whose account it is.
    pub account: Account,
    /// The code.
    pub code: String,
    /// Until when it is good.
    pub expires_at: DateTime<Utc>,
}
