//! What readers report, and how reports are asked for.

use crate::comments::ReportReason;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// Why somebody should look at a comment.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportComment {
    /// One of the list.
    pub reason: ReportReason,
    /// More about it, plain text, for moderators only. Needed where the reason is `illegal`: why it is.
    #[schema(min_length = 1, max_length = 1000)]
    pub note: Option<String>,
}

/// How reports are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReportPage {
    /// Reports on the page, 1 to 100, default 20; a larger number is lowered.
    #[param(minimum = 1, default = 20)]
    pub limit: Option<i64>,
    /// Where the page begins: from `next` or `prev` of another page.
    pub cursor: Option<String>,
}
