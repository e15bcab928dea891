//! What somebody is handed out of what is kept of them.

use super::wire::Account;
use chrono::{DateTime, Utc};
use diesel::Queryable;
use serde::Serialize;
use uuid::Uuid;

/// An account with all that stands beside it.
#[derive(Debug, Serialize)]
pub struct OwnAccount {
    /// The account.
    #[serde(flatten)]
    pub account: Account,
    /// What the person says of themselves.
    pub bio: String,
    /// Their page.
    pub website: Option<String>,
    /// Whether they can log in with a password.
    pub has_password: bool,
    /// Since when they have a second factor.
    pub second_factor_since: Option<DateTime<Utc>>,
    /// The other issuers by which they sign in.
    pub linked: Vec<Linked>,
}

/// Another issuer by which somebody signs in.
#[derive(Debug, Serialize, Queryable)]
pub struct Linked {
    /// Its address.
    pub issuer: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

/// What stands beside an account.
#[derive(Debug, Queryable)]
pub struct Profile {
    pub bio: String,
    pub website: Option<String>,
    pub has_password: bool,
    pub second_factor_since: Option<DateTime<Utc>>,
}

/// A session of somebody, alive or not.
#[derive(Debug, Serialize, Queryable)]
pub struct OwnSession {
    /// Its id.
    pub id: Uuid,
    /// When somebody logged in.
    pub created_at: DateTime<Utc>,
    /// When it ends by itself.
    pub expires_at: DateTime<Utc>,
    /// When it was ended before that.
    pub ended_at: Option<DateTime<Utc>>,
    /// By what.
    pub ended_by: Option<String>,
}
