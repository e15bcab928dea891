//! What one person sees of a thread beside what everybody sees.

use super::Comment;
use crate::screening::OwnSanction;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What is one's own on an article, to be laid over its public thread.
#[derive(Debug, Serialize, ToSchema)]
pub struct Viewer {
    /// One's own reactions, the newest first, 1000 at most.
    pub reactions: Vec<GivenReactions>,
    /// Whether there are older ones, which are left out.
    pub reactions_truncated: bool,
    /// One's own comments that nobody else sees, and why: those that wait for a moderator and those that were refused, with their
    /// texts, and without it those that a moderator deleted less than 30 days ago; the newest 100, newest first.
    pub comments: Vec<Comment>,
    /// One's own comments that may still be changed; the newest 100, newest first.
    pub editable: Vec<Editable>,
    /// What one gets mail about.
    pub subscriptions: Subscriptions,
    /// What one may not do at present, and warnings, as in `…/me/sanctions`; the newest 100. Show those without
    /// `acknowledged_at`.
    pub sanctions: Vec<OwnSanction>,
}

/// One's own reactions to a comment.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct GivenReactions {
    /// To which comment.
    pub comment_id: Uuid,
    /// Of which kinds.
    #[schema(example = json!(["helpful"]))]
    pub kinds: Vec<String>,
}

/// A comment that its author may still change.
#[derive(Debug, Serialize, ToSchema)]
pub struct Editable {
    /// Which.
    pub comment_id: Uuid,
    /// Before when; null: as long as nobody has answered it, or for ever where the author works here.
    pub until: Option<DateTime<Utc>>,
}

/// What somebody gets mail about, if they can be reached: of a guest it holds for this article, of an account everywhere.
#[derive(Debug, Serialize, ToSchema)]
pub struct Subscriptions {
    /// When staff answers a comment of theirs.
    pub answers: bool,
    /// When a comment of theirs that waited for a moderator is public.
    pub approvals: bool,
}
