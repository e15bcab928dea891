//! Comments that are not posted.

use super::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What somebody might post.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewComment {
    /// Markdown, at most 20 000 characters, as in a comment.
    #[schema(min_length = 1, max_length = 20_000, example = "Thank you, *this* helped.")]
    pub body: String,
}

/// What it would be shown as.
#[derive(Debug, Serialize, ToSchema)]
pub struct Preview {
    /// Safe to show as it is.
    #[schema(example = "<p>Thank you, <em>this</em> helped.</p>\n")]
    pub html: String,
    /// The same without any markup.
    #[schema(example = "Thank you, this helped.")]
    pub text: String,
    /// Links in it; how many may be posted is a setting of the publication.
    #[schema(example = 0)]
    pub links: usize,
}

impl From<Text> for Preview {
    fn from(text: Text) -> Self {
        // Every link that is shown is one that the renderer wrote, always in this way.
        let links = text.body_html.matches("<a href=").count();
        Self { html: text.body_html, text: text.body_text, links }
    }
}
