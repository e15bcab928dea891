//! What readers say of comments that they want somebody to look at.

use super::Decision;
use crate::db::schema::reports;
use chrono::{DateTime, Utc};
use diesel::{
    pg::Pg,
    prelude::*,
    sql_types::{BigInt, Bool},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Why somebody should look at a comment: a closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportReason {
    /// It is against the law. The note must say why (Regulation (EU) 2022/2065, Article 16).
    Illegal,
    /// Whoever wrote it may be in danger. It is looked at before the rest.
    SelfHarm,
    /// It attacks somebody.
    Abuse,
    /// It advertises.
    Spam,
    /// It tells who somebody is.
    PersonalData,
    /// It is not about the article.
    OffTopic,
    /// Something else; best say what in the note.
    Other,
}

impl ReportReason {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::Illegal, Self::SelfHarm, Self::Abuse, Self::Spam, Self::PersonalData, Self::OffTopic, Self::Other];

    /// Its name in the database and in documents.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Illegal => "illegal",
            Self::SelfHarm => "self_harm",
            Self::Abuse => "abuse",
            Self::Spam => "spam",
            Self::PersonalData => "personal_data",
            Self::OffTopic => "off_topic",
            Self::Other => "other",
        }
    }

    /// The reason of this name; [`Self::Other`] for others, which nobody writes.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|reason| reason.as_str() == name).unwrap_or(Self::Other)
    }

    /// How soon somebody should look: 0 in its turn, 3 at once.
    #[must_use]
    pub const fn priority(self) -> i16 {
        match self {
            Self::SelfHarm => 2,
            _ => 0,
        }
    }
}

/// What became of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// Nobody has decided yet.
    Open,
    /// The comment was taken away.
    Upheld,
    /// The comment may stay.
    Dismissed,
}

/// What a decision on a comment means for the reports on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportOutcome {
    /// The comment was taken away.
    Upheld,
    /// The comment may stay.
    Dismissed,
}

impl ReportOutcome {
    /// What a decision means for reports; none where they stay open.
    #[must_use]
    pub const fn of(decision: Decision) -> Option<Self> {
        match decision {
            Decision::Approve => Some(Self::Dismissed),
            Decision::Reject => Some(Self::Upheld),
            Decision::Hold => None,
        }
    }

    /// Its name in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Upheld => "upheld",
            Self::Dismissed => "dismissed",
        }
    }
}

impl ReportState {
    fn of(outcome: Option<&str>) -> Self {
        match outcome {
            None => Self::Open,
            Some("upheld") => Self::Upheld,
            Some(_) => Self::Dismissed,
        }
    }
}

/// What is said of a comment, with all fields acceptable.
#[derive(Debug, Clone)]
pub struct ReportText {
    /// Why.
    pub reason: ReportReason,
    /// More about it.
    pub note: Option<String>,
}

/// A report on its way into the table.
#[derive(Debug, Insertable)]
#[diesel(table_name = reports)]
pub struct NewReport<'a> {
    pub id: Uuid,
    pub comment_id: Uuid,
    pub reporter_id: Uuid,
    pub by_guest: bool,
    pub reason: &'static str,
    pub note: Option<&'a str>,
    pub revision: i64,
    pub counts: bool,
    pub created_at: DateTime<Utc>,
    pub network_hash: Option<Vec<u8>>,
}

/// A report as it is kept.
#[derive(Debug, Clone, Queryable, QueryableByName, Selectable)]
#[diesel(table_name = reports, check_for_backend(Pg))]
pub struct ReportRow {
    pub id: Uuid,
    pub comment_id: Uuid,
    pub reporter_id: Option<Uuid>,
    pub by_guest: bool,
    pub reason: String,
    pub note: Option<String>,
    pub revision: i64,
    pub counts: bool,
    pub created_at: DateTime<Utc>,
    pub outcome: Option<String>,
    pub decided_at: Option<DateTime<Utc>>,
}

/// How many report a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct Tally {
    /// Reports that count and are not decided, whatever text they are about.
    #[diesel(sql_type = BigInt)]
    pub open: i64,
    /// Those of them that are about the text as it is; of the guests of one network, one.
    #[diesel(sql_type = BigInt)]
    pub on_text: i64,
    /// Whether somebody looked at reports on that text, and let it stand.
    #[diesel(sql_type = Bool)]
    pub let_stand: bool,
}

/// A report, as told to whoever made it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnReport {
    /// Its id.
    pub id: Uuid,
    /// The comment.
    pub comment_id: Uuid,
    /// Why.
    pub reason: ReportReason,
    /// What you said beside it.
    pub note: Option<String>,
    /// When it came in.
    pub created_at: DateTime<Utc>,
    /// What became of it.
    pub state: ReportState,
    /// When that was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// Whether it counts towards holding the comment. Not from those most of whose reports were dismissed; a moderator
    /// sees it all the same.
    pub counts: bool,
    /// Of what is illegal: that it has been received, and what comes next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acknowledgement: Option<String>,
}

impl From<ReportRow> for OwnReport {
    fn from(row: ReportRow) -> Self {
        let reason = ReportReason::named(&row.reason);
        let acknowledgement = (reason == ReportReason::Illegal).then(|| {
            format!(
                "Your notice {} was received on {}. A person will look at it; the decision will stand in GET /v1/reports.",
                row.id,
                row.created_at.format("%Y-%m-%d %H:%M UTC")
            )
        });
        Self {
            id: row.id,
            comment_id: row.comment_id,
            reason,
            state: ReportState::of(row.outcome.as_deref()),
            note: row.note,
            created_at: row.created_at,
            decided_at: row.decided_at,
            counts: row.counts,
            acknowledgement,
        }
    }
}

/// A report, as moderators see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CommentReport {
    /// Its id.
    pub id: Uuid,
    /// Why.
    pub reason: ReportReason,
    /// What was said beside it.
    pub note: Option<String>,
    /// The revision of the comment that it is about.
    #[schema(example = 1)]
    pub revision: i64,
    /// Who made it; for admins only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reporter: Option<Reporter>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Whether it counts towards holding the comment: not from those most of whose reports were dismissed.
    pub counts: bool,
    /// What became of it.
    pub state: ReportState,
    /// When that was decided.
    pub decided_at: Option<DateTime<Utc>>,
}

/// Who made a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Reporter {
    /// The account or guest; null for somebody who was erased.
    pub id: Option<Uuid>,
    /// Whether that is a guest.
    pub guest: bool,
}

/// How often a comment was reported for one reason with one outcome.
#[derive(Debug, Clone, Queryable)]
pub struct ReportTally {
    /// Why.
    pub reason: String,
    /// `upheld` or `dismissed`; none while nobody has decided.
    pub outcome: Option<String>,
    /// How many.
    pub count: i64,
    /// When the last of them came in.
    pub last_at: Option<DateTime<Utc>>,
}

/// A report that was decided on.
#[derive(Debug, Clone, Queryable)]
pub struct DecidedReport {
    /// The comment.
    pub comment_id: Uuid,
    /// When.
    pub decided_at: DateTime<Utc>,
    reporter_id: Option<Uuid>,
    by_guest: bool,
}

impl DecidedReport {
    /// Who made it.
    #[must_use]
    pub const fn reporter(&self) -> Reporter {
        Reporter { id: self.reporter_id, guest: self.by_guest }
    }
}

impl From<ReportRow> for CommentReport {
    fn from(row: ReportRow) -> Self {
        Self {
            id: row.id,
            reason: ReportReason::named(&row.reason),
            state: ReportState::of(row.outcome.as_deref()),
            note: row.note,
            revision: row.revision,
            reporter: Some(Reporter { id: row.reporter_id, guest: row.by_guest }),
            created_at: row.created_at,
            counts: row.counts,
            decided_at: row.decided_at,
        }
    }
}
