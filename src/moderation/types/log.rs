//! The log of all verdicts.

use crate::{
    comments::{CommentStatus, CommentedArticle, LogFilter, Reporter, VerdictRecord},
    screening::Reason,
};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Which verdicts are looked up.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LogQuery {
    /// Given by this account.
    pub moderator_id: Option<Uuid>,
    /// For this reason.
    #[param(inline)]
    pub reason: Option<Reason>,
    /// After which the comment was this.
    #[param(inline)]
    pub became: Option<CommentStatus>,
    /// Given then or later.
    pub from: Option<DateTime<Utc>>,
    /// Given before.
    pub until: Option<DateTime<Utc>>,
    /// Verdicts on the page, 1 to 100, default 20; a larger number is lowered.
    #[param(minimum = 1, default = 20)]
    pub limit: Option<i64>,
    /// Where the page begins: from `next` or `prev` of another page.
    pub cursor: Option<String>,
}

impl LogQuery {
    /// What it asks for, as parameters in one order: what a cursor is good for, and a part of its address.
    #[must_use]
    pub fn filter(&self) -> String {
        let time = |at: Option<DateTime<Utc>>| at.map(|at| at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
        let pairs = [
            ("moderator_id", self.moderator_id.map(|id| id.to_string())),
            ("reason", self.reason.map(|reason| reason.as_str().to_owned())),
            ("became", self.became.map(|became| became.as_str().to_owned())),
            ("from", time(self.from)),
            ("until", time(self.until)),
        ];
        let given = pairs.into_iter().filter_map(|(name, value)| Some(format!("&{name}={}", value?)));
        given.collect()
    }

    /// The same for the room that keeps the verdicts.
    #[must_use]
    pub fn selection(&self) -> LogFilter {
        LogFilter {
            moderator_id: self.moderator_id,
            reason: self.reason.map(Reason::as_str),
            became: self.became.map(CommentStatus::as_str),
            from: self.from,
            until: self.until,
        }
    }
}

/// A verdict in the log.
#[derive(Debug, Serialize, ToSchema)]
pub struct LogEntry {
    /// The verdict. Coaches do not see what authors were told.
    #[serde(flatten)]
    pub verdict: VerdictRecord,
    /// Where the comment stands.
    pub article: CommentedArticle,
    /// How many reports it decided on.
    #[schema(example = 2)]
    pub reports: usize,
    /// By whom they were; for admins only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reported_by: Option<Vec<Reporter>>,
}
