//! What was decided on comments.

use super::{CommentRow, CommentStatus, ReviewRow};
use crate::{db::schema::verdicts, screening::Reason};
use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// What may be decided on a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It is shown.
    Approve,
    /// It is not shown; its text is kept for moderators.
    Reject,
    /// It is not shown for now, and somebody looks again.
    Hold,
}

impl Decision {
    /// What the comment becomes.
    #[must_use]
    pub const fn status(self) -> CommentStatus {
        match self {
            Self::Approve => CommentStatus::Visible,
            Self::Reject => CommentStatus::Rejected,
            Self::Hold => CommentStatus::Held,
        }
    }

    /// The event that tells of it.
    #[must_use]
    pub const fn event(self) -> &'static str {
        match self {
            Self::Approve => "comment.approved",
            Self::Reject => "comment.rejected",
            Self::Hold => "comment.held",
        }
    }
}

/// A verdict to be given on a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The comment.
    pub comment_id: Uuid,
    /// What is decided.
    pub decision: Decision,
    /// Why, as its author is told.
    pub reason: Option<Reason>,
    /// What its author is told beside it: plain text of 1 to 1000 characters.
    pub message: Option<String>,
    /// The revision that was read; where another is there now, nothing is decided.
    pub revision: Option<i64>,
    /// The status that was seen; where it is another by now, nothing is decided. Where it is not said, nothing is within a
    /// minute after somebody else decided.
    pub status: Option<CommentStatus>,
}

/// What a moderator says of a deletion; its author need not say anything.
#[derive(Debug, Clone, Copy, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Deletion {
    /// Why: one of `GET /v1/moderation/reasons`. Its author is told.
    #[param(inline)]
    pub reason: Option<Reason>,
    /// The status that was seen: where it is another by now, nothing is deleted (409). Without it, nothing is (409) within a
    /// minute after another moderator decided on it.
    #[param(inline)]
    pub status: Option<CommentStatus>,
}

/// A verdict that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decided {
    /// The comment.
    pub comment_id: Uuid,
    /// The verdict, which undoing takes.
    pub verdict_id: Uuid,
    /// What the comment is now.
    pub status: CommentStatus,
    /// When.
    pub at: DateTime<Utc>,
}

/// A verdict as it is stored.
#[derive(Debug, Insertable)]
#[diesel(table_name = verdicts)]
pub struct NewVerdict {
    pub id: Uuid,
    pub comment_id: Uuid,
    /// None for somebody who was erased.
    pub author_id: Option<Uuid>,
    pub was: &'static str,
    pub became: &'static str,
    pub reason: Option<&'static str>,
    pub message: Option<String>,
    /// None where it was decided by itself.
    pub by_account: Option<Uuid>,
    pub at: DateTime<Utc>,
    /// Its place in the queue; none of the three where it did not wait.
    pub queued_at: Option<DateTime<Utc>>,
    pub priority: Option<i16>,
    pub first_time: Option<bool>,
}

impl NewVerdict {
    /// On a comment as it was, by nobody and for no reason.
    #[must_use]
    pub fn on(id: Uuid, row: &CommentRow, became: CommentStatus, at: DateTime<Utc>) -> Self {
        Self {
            id,
            comment_id: row.id,
            author_id: row.account_id.or(row.guest_id),
            was: row.status.as_str(),
            became: became.as_str(),
            reason: None,
            message: None,
            by_account: None,
            at,
            queued_at: None,
            priority: None,
            first_time: None,
        }
    }

    /// With the place that the comment had in the queue, if it had one, so that undoing gives it back.
    #[must_use]
    pub fn with_place(self, place: Option<&ReviewRow>) -> Self {
        Self {
            queued_at: place.map(|place| place.queued_at),
            priority: place.map(|place| place.priority),
            first_time: place.map(|place| place.first_time),
            ..self
        }
    }
}

/// A verdict as it is read.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = verdicts, check_for_backend(Pg))]
pub struct VerdictRow {
    pub id: Uuid,
    pub comment_id: Uuid,
    #[diesel(deserialize_as = String)]
    pub was: CommentStatus,
    #[diesel(deserialize_as = String)]
    pub became: CommentStatus,
    pub reason: Option<String>,
    pub message: Option<String>,
    pub by_account: Option<Uuid>,
    pub at: DateTime<Utc>,
    pub undone_by: Option<Uuid>,
    pub undone_at: Option<DateTime<Utc>>,
    pub queued_at: Option<DateTime<Utc>>,
    pub priority: Option<i16>,
    pub first_time: Option<bool>,
}

/// The last thing that was done about a comment: a verdict was given on it, or taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    /// Who did it; none where nobody did.
    pub by: Option<Uuid>,
    /// When.
    pub at: DateTime<Utc>,
    /// What the comment was before.
    pub was: CommentStatus,
    /// What it became.
    pub became: CommentStatus,
}

impl VerdictRow {
    /// What was done last about it.
    #[must_use]
    pub fn last_act(&self) -> Act {
        match self.undone_at {
            Some(at) => Act { by: self.undone_by, at, was: self.became, became: self.was },
            None => Act { by: self.by_account, at: self.at, was: self.was, became: self.became },
        }
    }
}

/// One of the publication's people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Colleague {
    /// The account.
    pub id: Uuid,
    /// The name that it has now.
    #[schema(example = "Hollis")]
    pub name: String,
}

/// A verdict, as the publication's people see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VerdictRecord {
    /// Its id, which undoing takes.
    pub id: Uuid,
    /// When it was given.
    pub at: DateTime<Utc>,
    /// The comment.
    pub comment_id: Uuid,
    /// What the comment was.
    pub was: CommentStatus,
    /// What it became.
    pub became: CommentStatus,
    /// Why.
    pub reason: Option<Reason>,
    /// What its author was told beside the reason; left out for those whom it does not concern.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Who gave it; null where nobody did.
    pub by: Option<Colleague>,
    /// Whether it was decided by a check, and nobody looked.
    pub automated: bool,
    /// When it was undone; null while it stands.
    pub undone_at: Option<DateTime<Utc>>,
    /// Who undid it.
    pub undone_by: Option<Colleague>,
}

/// What an author is told of a decision on a comment of theirs that is not shown: the statement of reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OwnDecision {
    /// What the comment became.
    pub became: CommentStatus,
    /// Why, for programs.
    pub reason: Option<Reason>,
    /// The same for people.
    #[schema(example = "It tells who somebody is, or how to reach them.")]
    pub text: Option<&'static str>,
    /// What the moderator wrote to the author.
    pub message: Option<String>,
    /// When it was decided.
    pub at: DateTime<Utc>,
    /// Whether it was decided by a check, and nobody looked.
    pub automated: bool,
}

impl From<VerdictRow> for OwnDecision {
    fn from(row: VerdictRow) -> Self {
        let reason = row.reason.as_deref().and_then(Reason::named);
        Self {
            became: row.became,
            reason,
            text: reason.map(Reason::text),
            message: row.message,
            at: row.at,
            automated: row.by_account.is_none(),
        }
    }
}
