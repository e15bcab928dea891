//! Sanctions as moderators lay them and ask for them.

use crate::screening::{OwnSanction, Reason, SanctionKind};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// What somebody is not to do for a while.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LaySanction {
    /// `warn` forbids nothing, `hold_all` has all they write wait for a moderator, `mute` keeps them from writing, `ban` from
    /// all that needs them to be known.
    pub kind: SanctionKind,
    /// Who.
    pub subject: Subject,
    /// Why, as the person is told.
    pub reason: Reason,
    /// What the person is told beside it: plain text. Of a network, everybody in it is.
    #[schema(min_length = 1, max_length = 1000)]
    pub message: Option<String>,
    /// For how long, minutes. Without: until it is lifted; a year for an address, 90 days for a network, which are the longest
    /// there.
    #[schema(minimum = 1, maximum = 5_256_000)]
    pub minutes: Option<i64>,
}

/// Who is meant: exactly one of the three ids.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// An account.
    pub account_id: Option<Uuid>,
    /// The guest that somebody is on one article.
    pub guest_id: Option<Uuid>,
    /// Whoever wrote this comment.
    pub comment_id: Option<Uuid>,
    /// By what the comment's author is recognised; default `author`.
    pub by: Option<By>,
}

/// By what a comment's author is recognised.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// The account or guest that wrote it.
    #[default]
    Author,
    /// The address that they have shown to be theirs, whatever account or guest they come as.
    Email,
    /// The network from which it came: an IPv4 address, or the /64 of an IPv6 address. Kept for 30 days.
    Network,
}

/// Which sanctions.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SanctionPage {
    /// Only those that hold now, or those that do not any more.
    pub in_force: Option<bool>,
    /// Only of this kind.
    #[param(inline)]
    pub kind: Option<SanctionKind>,
    /// Only those on this account or guest.
    pub subject_id: Option<Uuid>,
    /// Sanctions on the page, 1 to 100, default 20; a larger number is lowered.
    #[param(minimum = 1, default = 20)]
    pub limit: Option<i64>,
    /// Where the page begins: from `next` or `prev` of another page.
    pub cursor: Option<String>,
}

/// What holds on oneself.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnSanctions {
    /// The newest first, 100 at most.
    pub items: Vec<OwnSanction>,
}
