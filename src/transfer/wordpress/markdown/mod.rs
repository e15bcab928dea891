//! What WordPress keeps as HTML, as Markdown.
//!
//! A text passes four stages: [`scan`] cuts it into tokens, [`compose`] builds well-formed HTML of
//! them by WordPress' rules (bare newlines are paragraphs, shortcodes), the HTML library makes
//! Markdown of that, and [`settle`] puts its punctuation right. Each takes time in proportion to
//! the text's length, whatever the text.

mod blocks;
mod compose;
mod elements;
mod inlines;
mod marks;
mod notes;
mod raw;
mod scan;
mod settle;
mod tables;
mod urls;

use std::sync::LazyLock;

use htmd::element_handler::Handlers;
use htmd::options::{BrStyle, BulletListMarker, Options};
use htmd::{Element, HtmlToMarkdown};

pub use notes::{Change, Note};

use elements::{Audience, Role};
use scan::{Scanner, Token};

/// Markdown, and what could not be kept as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Converted {
    pub markdown: String,
    pub notes: Vec<Note>,
}

/// The body of a post or page. `site` is the address of the publication, for images whose address
/// begins with `/`.
///
/// The Markdown is CommonMark with GitHub's tables, strikethrough and autolinks, and with HTML for
/// figures, for tables Markdown cannot say, and for sub- and superscript. It has still to be
/// sanitised when it is shown.
pub fn article(html: &str, site: &str) -> Converted {
    convert(html, Audience::Article, site)
}

/// A comment: text with bare newlines and a few elements. The Markdown has no images, tables,
/// headings or HTML.
pub fn comment(content: &str) -> Converted {
    convert(content, Audience::Comment, "")
}

/// The words alone, in one line: for titles, names and excerpts, which may have references and
/// elements in them.
pub fn plain_text(html: &str) -> String {
    let mut words = String::new();
    let mut scanner = Scanner::new(html, false);
    while let Some(token) = scanner.next() {
        match token {
            Token::Text(text) => words.push_str(&scan::resolve(text)),
            Token::Start(tag) => match elements::role(&tag.name, Audience::Article) {
                Role::Nothing => scanner.skip_element(&tag.name),
                role => words.push_str(separator(role)),
            },
            Token::End(name) => words.push_str(separator(elements::role(&name, Audience::Article))),
            Token::Comment(_) | Token::Shortcode(_) => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn separator(role: Role) -> &'static str {
    match role {
        Role::Transparent | Role::Format(_) | Role::Code | Role::Link | Role::Quotation => "",
        _ => " ",
    }
}

fn convert(text: &str, audience: Audience, site: &str) -> Converted {
    let (html, notes) = compose::compose(text, audience, site);
    // The library reads from memory, so there is no error it could report.
    let marked = LIBRARY.convert(&html).unwrap_or_default();
    Converted {
        markdown: settle::settle(&marked),
        notes: notes.into_vec(),
    }
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
        .add_handler(
            vec![raw::ELEMENT],
            |_: &dyn Handlers, element: Element<'_>| {
                let mut attributes = element.attrs.iter();
                let html = attributes.find(|attribute| &*attribute.name.local == raw::ATTRIBUTE)?;
                Some(format!("\n\n{}\n\n", html.value).into())
            },
        )
        .build()
});
