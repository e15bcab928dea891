//! The conversion as a whole.

use std::sync::LazyLock;

use htmd::element_handler::Handlers;
use htmd::options::{BrStyle, BulletListMarker, Options};
use htmd::{Element, HtmlToMarkdown};

use super::compose::compose;
use super::elements::Audience;
use super::notes::Note;
use super::raw;
use super::settle::settle;

/// Markdown, and what could not be kept as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Converted {
    /// Markdown as the articles and comments of this server are written in.
    pub markdown: String,
    /// Each kind once, at most 32.
    pub notes: Vec<Note>,
}

/// The body of a post or page. `site` is the address of the publication, for images whose address
/// begins with `/`.
///
/// The Markdown is `CommonMark` with GitHub's tables, strikethrough and autolinks, and with HTML for
/// figures, for tables Markdown cannot say, and for sub- and superscript. It has still to be
/// sanitised when it is shown.
#[must_use]
pub fn article(html: &str, site: &str) -> Converted {
    convert(html, Audience::Article, site)
}

/// A comment: text with bare newlines and a few elements. The Markdown has no images, tables,
/// headings or HTML.
#[must_use]
pub fn comment(content: &str) -> Converted {
    convert(content, Audience::Comment, "")
}

fn convert(text: &str, audience: Audience, site: &str) -> Converted {
    let (html, notes) = compose(text, audience, site);
    // The library reads from memory, so there is no error it could report.
    let marked = LIBRARY.convert(&html).unwrap_or_default();
    Converted { markdown: settle(&marked), notes: notes.into_vec() }
}

static LIBRARY: LazyLock<HtmlToMarkdown> = LazyLock::new(|| {
    let options = Options {
        // Blanks at the end of a line do not survive editors, nor the library's own lists.
        br_style: BrStyle::Backslash,
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        ..Options::default()
    };
    HtmlToMarkdown::builder()
        .options(options)
        .add_handler(vec![raw::ELEMENT], |_: &dyn Handlers, element: Element<'_>| {
            let mut attributes = element.attrs.iter();
            let html = attributes.find(|attribute| &*attribute.name.local == raw::ATTRIBUTE)?;
            Some(format!("\n\n{}\n\n", html.value).into())
        })
        .build()
});
