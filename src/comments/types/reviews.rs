//! What waits for a moderator, and why.

use super::{CommentStatus, OwnDecision};
use crate::screening::{Action, Hit};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What becomes of a text that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Where the comment stands then.
    pub status: CommentStatus,
    /// How soon somebody should look, 0 to 3.
    pub priority: i16,
    /// All that was found.
    pub hits: Vec<Hit>,
    /// Whether somebody outside is to be asked.
    pub external: bool,
    /// Whether nothing of its author is shown yet. Right for what waits; of others nobody counts it.
    pub first_time: bool,
}

impl Outcome {
    /// Of a comment that nobody looked at: it comes with its status.
    #[must_use]
    pub const fn of(status: CommentStatus) -> Self {
        Self { status, priority: 0, hits: Vec::new(), external: false, first_time: false }
    }

    /// The languages in which its author is to be told where help is found, where they may need it; see
    /// [`Hit::languages`].
    #[must_use]
    pub fn support(&self) -> Option<Vec<String>> {
        Hit::languages(&self.hits)
    }

    /// What its author is told.
    #[must_use]
    pub fn moderation(&self) -> Option<Moderation> {
        let least = if self.status == CommentStatus::Rejected { Action::Reject } else { Action::Wait };
        let found = self.hits.iter().filter(|hit| hit.action >= least);
        self.status.is_withheld().then(|| Moderation::of(found.map(|hit| hit.check.as_str())))
    }
}

/// Why one's own comment is not shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Moderation {
    /// What was found in it, or who waits here.
    pub reasons: Vec<Reason>,
    /// What was decided on it, and why; null while it waits for the first time.
    pub decision: Option<OwnDecision>,
}

impl Moderation {
    /// By the names of the checks that found something, each once.
    pub fn of<'a>(checks: impl IntoIterator<Item = &'a str>) -> Self {
        let mut reasons: Vec<Reason> = Vec::new();
        for reason in checks.into_iter().map(Reason::of) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        if reasons.is_empty() {
            reasons.push(Reason::Review);
        }
        Self { reasons, decision: None }
    }
}

/// One reason for which a comment is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Whatever its author writes waits for a while.
    Sanction,
    /// Others said the same.
    Repeat,
    /// Words in it.
    Words,
    /// Where its links lead.
    Hosts,
    /// How many links it holds.
    Links,
    /// What tells who somebody is.
    PersonalData,
    /// Capitals.
    Shouting,
    /// What became of its author's comments lately.
    Rejections,
    /// Who waits here before being shown.
    Policy,
    /// A person looks at it, or has looked.
    Review,
}

impl Reason {
    /// By the name of a check. What is found for an author's safety is nobody's verdict on them, and is told as what it leads
    /// to: that a person looks at it.
    #[must_use]
    pub fn of(check: &str) -> Self {
        match check {
            "sanction" => Self::Sanction,
            "repeat" => Self::Repeat,
            "words" => Self::Words,
            "hosts" => Self::Hosts,
            "links" => Self::Links,
            "personal_data" => Self::PersonalData,
            "shouting" => Self::Shouting,
            "rejections" => Self::Rejections,
            "policy" => Self::Policy,
            _ => Self::Review,
        }
    }
}

/// What was found in a text, as it is kept.
#[derive(Debug)]
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
#[expect(clippy::struct_excessive_bools, reason = "each is a facet of its own in the queue")]
#[derive(Debug)]
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
