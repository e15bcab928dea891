//! Rules that are tried before they are switched on.

use crate::screening::{NewRule, Verdict};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A rule that is to be tried, and on what.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TryRule {
    /// The rule, as if it were switched on.
    pub rule: NewRule,
    /// The rule in whose place it is tried, if there is one already.
    pub id: Option<Uuid>,
    /// How many comments are looked at, the last to come in first; 1000 if it is not said.
    #[schema(minimum = 1, maximum = 10000)]
    pub comments: Option<usize>,
    /// The slug of an article, to look only at what is said under it.
    #[schema(example = "how-to-listen")]
    pub article: Option<String>,
}

/// What a rule would change, if all that it was tried on were sent again now.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Trial {
    /// Comments that were looked at: fewer than asked for where there are no more, or where it took too long.
    pub looked_at: usize,
    /// Whether it ended because it took too long.
    pub cut_short: bool,
    /// Comments in which the rule finds something, whether or not that changes what becomes of them.
    pub matched: usize,
    /// Comments of which something else would become.
    pub changed: usize,
    /// What would become of them, by what becomes of them without the rule.
    pub changes: Vec<VerdictChange>,
    /// The first of those in which the rule finds something or of which something else would become, 50 at most.
    #[schema(max_items = 50)]
    pub examples: Vec<Example>,
}

/// Comments of which the same would become, instead of the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct VerdictChange {
    /// Without the rule.
    pub from: Verdict,
    /// With the rule.
    pub to: Verdict,
    /// How many.
    pub comments: usize,
}

/// A comment that the rule speaks about.
#[derive(Debug, Serialize, ToSchema)]
pub struct Example {
    /// The comment.
    pub comment_id: Uuid,
    /// Where it begins.
    pub excerpt: String,
    /// What becomes of it without the rule.
    pub from: Verdict,
    /// What would become of it with the rule.
    pub to: Verdict,
    /// What the rule finds in it.
    pub matched: Vec<String>,
}
