//! Verdicts as they come in, and what is answered.

use crate::{
    comments::{CommentStatus, Decided, Decision, ModeratedComment},
    error::Code,
    screening::Reason,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Why a verdict is given. All of it may be left out.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveVerdict {
    /// One of `GET /v1/moderation/reasons`; its author is told. Of what is approved nothing is told, so it takes neither reason
    /// nor message.
    pub reason: Option<Reason>,
    /// What its author is told beside the reason: plain text.
    #[schema(min_length = 1, max_length = 1000, example = "Please leave out her telephone number; the rest may stay.")]
    pub message: Option<String>,
    /// The revision that you read: where it says something else by now, nothing is decided (412).
    #[schema(example = 1)]
    pub revision: Option<i64>,
    /// The status that you saw: where it is another by now, nothing is decided (409). Without it, nothing is decided (409)
    /// within a minute after somebody else did, so that nobody overrules whom they do not know of.
    pub status: Option<CommentStatus>,
}

/// Many verdicts.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveVerdicts {
    /// 1 to 500, each comment once.
    #[schema(min_items = 1, max_items = 500)]
    pub items: Vec<OneVerdict>,
}

/// One of many verdicts.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OneVerdict {
    /// The comment.
    pub comment_id: Uuid,
    /// What is decided.
    pub verdict: Decision,
    /// As for one verdict.
    pub reason: Option<Reason>,
    /// As for one verdict.
    #[schema(min_length = 1, max_length = 1000)]
    pub message: Option<String>,
    /// As for one verdict.
    #[schema(example = 1)]
    pub revision: Option<i64>,
    /// As for one verdict.
    pub status: Option<CommentStatus>,
}

/// A comment that was decided on.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerdictGiven {
    /// The comment as it is now.
    #[serde(flatten)]
    pub comment: ModeratedComment,
    /// The verdict: `POST /v1/moderation/verdicts/{id}/undo` takes it back.
    pub verdict_id: Uuid,
}

/// What became of many verdicts.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct VerdictResults {
    /// One for each, in their order.
    pub items: Vec<VerdictResult>,
}

/// What became of one of many verdicts: given, or why not.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct VerdictResult {
    /// The comment.
    pub comment_id: Uuid,
    /// What it is now; left out where the verdict was not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<CommentStatus>,
    /// The verdict; left out where it was not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict_id: Option<Uuid>,
    /// Why it was not given; left out where it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<ItemProblem>,
}

/// Why one of many was refused: what a problem document of its own would say.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct ItemProblem {
    /// Which of the closed list.
    pub code: Code,
    /// The same for people.
    pub detail: String,
}

impl VerdictResult {
    /// What is told of one.
    #[must_use]
    pub fn of(comment_id: Uuid, verdict: crate::error::Result<Decided>) -> Self {
        match verdict {
            Ok(Decided { status, verdict_id, .. }) => {
                Self { comment_id, status: Some(status), verdict_id: Some(verdict_id), problem: None }
            }
            Err(error) => {
                let problem = ItemProblem { code: error.code, detail: error.detail.into_owned() };
                Self { comment_id, status: None, verdict_id: None, problem: Some(problem) }
            }
        }
    }
}

/// What became of all that waited of somebody.
#[expect(clippy::struct_field_names, reason = "the field is what it is called over the wire")]
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Approved {
    /// How many are shown now, 500 at most.
    #[schema(example = 7)]
    pub approved: usize,
    /// How many still wait: call it again. What others have claimed is among them.
    #[schema(example = 0)]
    pub left: i64,
    /// The verdicts.
    pub items: Vec<VerdictResult>,
}

/// All reasons.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonList {
    /// In the order in which they should be offered.
    pub items: Vec<ReasonItem>,
}

/// A reason.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonItem {
    /// What a verdict takes.
    pub code: Reason,
    /// What the author is told.
    #[schema(example = "It advertises something.")]
    pub text: &'static str,
}
