//! Taking personal data out of a comment.

use crate::screening::PersonalData;
use serde::Deserialize;
use utoipa::ToSchema;

/// What is to be taken out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RedactComment {
    /// Kinds of personal data; left out: all.
    #[schema(min_items = 1, max_items = 4)]
    pub kinds: Option<Vec<PersonalData>>,
}
