//! What moderators ask for.

use crate::comments::CommentStatus;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// Which comments a moderator looks at.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct QueueQuery {
    /// Default `pending`.
    #[serde(default)]
    #[param(inline, required = false)]
    pub status: Queue,
    /// Comments on the page, 1 to 100, default 20; a larger number is lowered.
    pub limit: Option<i64>,
    /// Where the page begins: from `next` or `prev` of another page.
    pub cursor: Option<String>,
}

/// How the earlier texts of a comment are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RevisionPage {
    /// Texts on the page, 1 to 100; a larger number is lowered.
    #[param(minimum = 1, default = 20)]
    pub limit: Option<i64>,
    /// Where the page begins: from `next` or `prev` of another page.
    pub cursor: Option<String>,
}

/// What a moderator can look through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Queue {
    /// What waits because the article or the writer asks for it.
    #[default]
    Pending,
    /// What was held back because of what it says.
    Held,
    /// What was refused.
    Rejected,
}

impl From<Queue> for CommentStatus {
    fn from(queue: Queue) -> Self {
        match queue {
            Queue::Pending => Self::Pending,
            Queue::Held => Self::Held,
            Queue::Rejected => Self::Rejected,
        }
    }
}
