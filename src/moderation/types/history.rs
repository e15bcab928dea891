//! What became of a comment.

use crate::comments::{FoundHit, VerdictRecord};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// Something that happened to a comment.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Happened {
    /// It was posted.
    Posted {
        /// When.
        at: DateTime<Utc>,
    },
    /// A check found something.
    Hit(FoundHit),
    /// Its text was replaced.
    Edited {
        /// When.
        at: DateTime<Utc>,
        /// The revision that it had until then; what it said is among its revisions.
        revision: i64,
    },
    /// Readers reported it; not who.
    Reported {
        /// When the last of them did.
        at: DateTime<Utc>,
        /// Why.
        reason: String,
        /// How many for this reason.
        count: i64,
        /// What came of these: `upheld` or `dismissed`; null while nobody has decided.
        outcome: Option<String>,
    },
    /// Somebody, or a check, decided.
    Verdict(VerdictRecord),
}

impl Happened {
    /// When.
    #[must_use]
    pub const fn at(&self) -> DateTime<Utc> {
        match self {
            Self::Posted { at } | Self::Edited { at, .. } | Self::Reported { at, .. } => *at,
            Self::Hit(hit) => hit.at,
            Self::Verdict(verdict) => verdict.at,
        }
    }
}
