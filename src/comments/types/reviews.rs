//! What waits for a moderator, and why.

use crate::{
    db::schema::{comment_hits, reviews},
    screening::Hit,
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

/// What was found in a text, as it is kept.
#[derive(Debug, Insertable)]
#[diesel(table_name = comment_hits)]
pub struct NewHit {
    pub comment_id: Uuid,
    pub revision: i64,
    pub place: i16,
    pub check_name: &'static str,
    pub rule_id: Option<Uuid>,
    pub action: &'static str,
    pub detail: String,
    pub at: DateTime<Utc>,
}

impl NewHit {
    /// All that was found in one text, in its order.
    pub fn all(comment_id: Uuid, revision: i64, hits: &[Hit], at: DateTime<Utc>) -> Vec<Self> {
        let places = 0i16..;
        let hit = |(hit, place): (&Hit, i16)| Self {
            comment_id,
            revision,
            place,
            check_name: hit.check.as_str(),
            rule_id: hit.rule_id,
            action: hit.action.as_str(),
            detail: hit.detail.clone(),
            at,
        };
        hits.iter().zip(places).map(hit).collect()
    }
}

/// A comment that is to be looked at.
#[derive(Debug, Insertable)]
#[diesel(table_name = reviews)]
pub struct NewReview {
    pub comment_id: Uuid,
    pub article_id: Uuid,
    /// `pending`, `held` or `reported`.
    pub state: &'static str,
    pub queued_at: DateTime<Utc>,
    pub priority: i16,
    pub author_id: Uuid,
    pub by_guest: bool,
    pub has_link: bool,
    pub first_time: bool,
    /// Whether its author changed it after it had been shown.
    pub edited: bool,
    pub external_at: Option<DateTime<Utc>>,
}
