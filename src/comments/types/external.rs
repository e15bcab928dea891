//! Comments that somebody outside is asked about.

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{BigInt, Bool, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

/// A comment about which somebody is to be asked, leased to whoever asks.
#[derive(Debug, Clone, QueryableByName)]
pub struct Unchecked {
    /// The comment.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// Of the text below.
    #[diesel(sql_type = BigInt)]
    pub revision: i64,
    /// What readers would see of it.
    #[diesel(sql_type = Text)]
    pub text: String,
    /// The same as safe HTML.
    #[diesel(sql_type = Text)]
    pub html: String,
    /// The article's language.
    #[diesel(sql_type = Nullable<Text>)]
    pub language: Option<String>,
    /// Whether a guest wrote it.
    #[diesel(sql_type = Bool)]
    pub by_guest: bool,
    /// How often it is asked with this.
    #[diesel(sql_type = SmallInt)]
    pub tries: i16,
    /// When the lease ends; nobody else has one until then.
    #[diesel(sql_type = Timestamptz)]
    pub leased_until: DateTime<Utc>,
}

/// What an opinion made of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// Everybody sees it.
    Shown,
    /// It waits for a moderator.
    Held,
    /// It is not shown.
    Rejected,
    /// Nothing: it was decided, changed or deleted meanwhile, or another asked.
    Late,
}
