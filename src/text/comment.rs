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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Pieces that are Markdown, markup, or neither.
    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            "[ -~\\n]{0,40}",
            "\\PC{0,20}",
            Just("[word](https://example.org/?a=b&amp;c \"A \\\" title\")".to_owned()),
            Just("![image](https://example.org/i.png) <https://example.org>".to_owned()),
            Just("<a href=\"javascript:x\" onclick=y>raw</a> &lt;b&gt; &#60;".to_owned()),
            Just("\n> quoted\n\n3. three\n4. four\n\n- [x] done\n".to_owned()),
            Just("\n```rust\nlet a = b < c && d;\n```\n~~gone~~ `code <i>` **bold**".to_owned()),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_sanitised_is_sanitised_to_itself(pieces in prop::collection::vec(piece(), 1..6)) {
            let html = comment(&pieces.concat()).html;
            prop_assert_eq!(Dialect::Comment.sanitise(&html), html);
        }
    }
}
