use super::markdown::comment_html;
use super::plain::plain_text;
use super::sanitise::Dialect;
use super::tidy::{Tidied, tidy};

/// A comment as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Safe HTML.
    pub html: String,
    /// The same as plain text, for mails, search and screening.
    pub text: String,
}

/// Renders a comment's Markdown: GFM's emphasis, links, lists, quotes and code; no images (they become links), no tables,
/// no raw HTML (it is shown as typed) and no headings (they become bold lines). Links are absolute http, https or mailto.
#[must_use]
pub fn comment(markdown: &str) -> Rendered {
    let Tidied { lead, .. } = tidy(&comment_html(markdown), Dialect::Comment);
    let html = Dialect::Comment.sanitise(&lead);
    let text = plain_text(&html);
    Rendered { html, text }
}
