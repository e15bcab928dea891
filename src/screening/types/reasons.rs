//! Why something was decided: what moderators choose from, and what authors are told.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Why a comment is not shown, or somebody may not write: a closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[schema(as = DecisionReason)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It is not about the article.
    OffTopic,
    /// It attacks somebody.
    Abuse,
    /// It advertises.
    Spam,
    /// It tells who somebody is.
    PersonalData,
    /// It may be against the law.
    Illegal,
    /// It describes how people hurt themselves.
    UnsafeDetail,
    /// It was said before.
    Duplicate,
    /// Something else; the message says what.
    Other,
}

impl Reason {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 8] = [
        Self::OffTopic,
        Self::Abuse,
        Self::Spam,
        Self::PersonalData,
        Self::Illegal,
        Self::UnsafeDetail,
        Self::Duplicate,
        Self::Other,
    ];

    /// Its name in the database and in documents.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OffTopic => "off_topic",
            Self::Abuse => "abuse",
            Self::Spam => "spam",
            Self::PersonalData => "personal_data",
            Self::Illegal => "illegal",
            Self::UnsafeDetail => "unsafe_detail",
            Self::Duplicate => "duplicate",
            Self::Other => "other",
        }
    }

    /// What the author is told.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::OffTopic => "It is not about the article that it stands under.",
            Self::Abuse => "It attacks or belittles somebody.",
            Self::Spam => "It advertises something.",
            Self::PersonalData => "It tells who somebody is, or how to reach them.",
            Self::Illegal => "It may be against the law.",
            Self::UnsafeDetail => "It describes in detail what could put others in danger.",
            Self::Duplicate => "The same was said before.",
            Self::Other => "A moderator decided so.",
        }
    }

    /// The reason of this name, where it is one.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == name)
    }
}
