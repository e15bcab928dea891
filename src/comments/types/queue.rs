//! The queue of what waits for a moderator, as it is read.

use super::{Colleague, ModeratedComment, VerdictRow};
use crate::db::schema::{accounts, comment_hits, reviews};
use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Why a comment waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QueueState {
    /// The article or the writer asks for it.
    Pending,
    /// Because of what it says.
    Held,
    /// Everybody sees it, and readers reported it.
    Reported,
}

impl QueueState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pending, Self::Held, Self::Reported];

    /// Its name in the database and in documents.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Held => "held",
            Self::Reported => "reported",
        }
    }
}

impl TryFrom<String> for QueueState {
    type Error = anyhow::Error;

    fn try_from(name: String) -> anyhow::Result<Self> {
        let known = Self::ALL.into_iter().find(|state| state.as_str() == name);
        known.ok_or_else(|| anyhow::anyhow!("no such state: {name}"))
    }
}

/// What comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QueueSort {
    /// What has waited longest.
    #[default]
    Age,
    /// What should not wait; then what has waited longest.
    Risk,
}

/// Who works on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClaimState {
    /// Whoever asks.
    Mine,
    /// Nobody.
    Unclaimed,
}

/// Which part of the queue is asked for, in which order, and by whom.
#[derive(Debug, Clone)]
pub struct QueueFilter {
    /// In one of these states; all where there is none.
    pub states: Vec<QueueState>,
    /// What comes first.
    pub sort: QueueSort,
    /// Written by a guest, or not.
    pub guest: Option<bool>,
    /// With a link, or without.
    pub link: Option<bool>,
    /// By somebody of whom nothing was shown before, or not.
    pub first_time: Option<bool>,
    /// Changed after it had been shown, or not.
    pub edited: Option<bool>,
    /// By who works on it.
    pub claim: Option<ClaimState>,
    /// Under this article.
    pub article_id: Option<Uuid>,
    /// By this account or guest.
    pub author_id: Option<Uuid>,
    /// Who looks.
    pub viewer: Uuid,
    /// When; a claim that is over is none.
    pub now: DateTime<Utc>,
}

/// Where a comment stands in the queue: its priority, which only `risk` looks at, since when it waits, and its id.
pub type QueuePlace = (i16, DateTime<Utc>, Uuid);

/// A comment's place in the queue, as it is stored.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = reviews, check_for_backend(Pg))]
pub struct ReviewRow {
    pub comment_id: Uuid,
    pub state: String,
    pub queued_at: DateTime<Utc>,
    pub priority: i16,
    pub author_id: Uuid,
    pub has_link: bool,
    pub first_time: bool,
    pub edited: bool,
    pub claimed_by: Option<Uuid>,
    pub claimed_until: Option<DateTime<Utc>>,
}

impl ReviewRow {
    /// Who works on it at present, and until when.
    #[must_use]
    pub fn claim(&self, now: DateTime<Utc>) -> Option<(Uuid, DateTime<Utc>)> {
        self.claimed_by.zip(self.claimed_until).filter(|(_, until)| *until > now)
    }
}

/// The same with the name of who claimed it.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = accounts, check_for_backend(Pg))]
pub struct QueueRow {
    #[diesel(embed)]
    pub review: ReviewRow,
    #[diesel(select_expression = accounts::display_name.nullable())]
    pub claimer: Option<String>,
}

/// Who works on a comment, alone until then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ReviewClaim)]
pub struct Claim {
    /// Who.
    pub by: Colleague,
    /// Until when nobody else decides on it.
    pub until: DateTime<Utc>,
}

/// What a check found in a comment.
#[derive(Debug, Clone, Serialize, Queryable, Selectable, ToSchema)]
#[diesel(table_name = comment_hits, check_for_backend(Pg))]
pub struct FoundHit {
    /// The comment.
    #[serde(skip)]
    pub comment_id: Uuid,
    /// The revision of the comment that was looked at.
    #[schema(example = 1)]
    pub revision: i64,
    /// Which check.
    #[diesel(column_name = check_name)]
    #[schema(example = "links")]
    pub check: String,
    /// By which rule, where it is one of the publication's.
    pub rule_id: Option<Uuid>,
    /// What it asks for: `note`, `wait`, `nudge`, `hold` or `reject`.
    #[schema(example = "hold")]
    pub action: String,
    /// What it found.
    #[schema(example = "4 links")]
    pub detail: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// How somebody's comments were decided on in the last 30 days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuthorRecord {
    /// Approved.
    #[schema(example = 3)]
    pub approved: i64,
    /// Rejected.
    #[schema(example = 0)]
    pub rejected: i64,
}

/// A comment that waits for a moderator, with all that deciding needs.
#[derive(Debug, Serialize, ToSchema)]
pub struct Waiting {
    /// The comment, with its text, and where it stands.
    #[serde(flatten)]
    pub comment: ModeratedComment,
    /// Why it waits.
    pub state: QueueState,
    /// Since when.
    pub queued_at: DateTime<Utc>,
    /// How soon somebody should look: 0 in its turn, 3 at once.
    #[schema(minimum = 0, maximum = 3)]
    pub priority: i16,
    /// Whether nothing by its author was shown before.
    pub first_time: bool,
    /// Whether its author changed it after it had been shown.
    pub edited: bool,
    /// Whether it holds a link.
    pub link: bool,
    /// Who works on it; null for nobody.
    pub claim: Option<Claim>,
    /// What the checks found in the text as it is now.
    pub hits: Vec<FoundHit>,
    /// How its author's comments were decided on lately.
    pub author_record: AuthorRecord,
}

/// How many wait in one state with one priority, and since when the first of them.
#[derive(Debug, Clone, Queryable)]
pub struct QueueCount {
    /// `pending`, `held` or `reported`.
    pub state: String,
    /// 0 to 3.
    pub priority: i16,
    /// Comments.
    pub count: i64,
    /// Since when the first waits.
    pub oldest_at: Option<DateTime<Utc>>,
}

/// What became of a comment since it was posted, as far as this room knows.
#[derive(Debug)]
pub struct Past {
    /// When it was posted.
    pub created_at: DateTime<Utc>,
    /// What was found in its texts.
    pub hits: Vec<FoundHit>,
    /// When its texts were replaced, by their revisions.
    pub replaced: Vec<(i64, DateTime<Utc>)>,
    /// How often it was reported, and what came of it.
    pub reports: Vec<super::ReportTally>,
    /// What was decided, with who did.
    pub verdicts: Vec<super::VerdictRecord>,
}

/// Which verdicts are asked for.
#[derive(Debug, Clone, Default)]
pub struct LogFilter {
    /// Given by this account.
    pub moderator_id: Option<Uuid>,
    /// For this reason.
    pub reason: Option<&'static str>,
    /// What the comment became.
    pub became: Option<&'static str>,
    /// Given then or later.
    pub from: Option<DateTime<Utc>>,
    /// Given before.
    pub until: Option<DateTime<Utc>>,
}

impl VerdictRow {
    /// The place in the queue that the comment had.
    #[must_use]
    pub fn place(&self) -> Option<(DateTime<Utc>, i16, bool)> {
        Some((self.queued_at?, self.priority?, self.first_time?))
    }
}
