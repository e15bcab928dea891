use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::markdown::article_html;
use super::outline::{LEAD, SectionKey, SectionKind, section_ids};
use super::plain::{excerpt, plain_text};
use super::sanitise::Dialect;
use super::tidy::{Piece, Tidied, tidy};

/// Longest excerpt, in graphemes.
const EXCERPT_MAX: usize = 280;

/// An article as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Safe HTML: that of the sections, one after the other.
    pub html: String,
    /// The same as plain text, for search and screening.
    pub text: String,
    /// The beginning of the text, headings left out.
    pub excerpt: String,
    /// The article's parts in order.
    pub sections: Vec<Section>,
}

/// A part of an article: a heading and what follows it up to the next heading, or what stands before the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Section {
    /// Unique in the article and kept when it is edited; the `id` of the heading in the HTML.
    pub id: String,
    /// The heading's level, 1 to 6; 0 for the lead, which has none.
    pub level: u8,
    /// What it is.
    pub kind: SectionKind,
    /// The heading as plain text on one line.
    pub heading: Option<String>,
    /// Safe HTML, the heading included.
    pub html: String,
}

impl Section {
    /// What the next version has to know of this one; nothing for the lead, which is always found.
    #[must_use]
    pub fn key(&self) -> Option<SectionKey> {
        self.heading.clone().map(|heading| SectionKey { id: self.id.clone(), heading })
    }
}

/// Renders an article's Markdown: GFM with tables and footnotes, https images, and of raw HTML what is on the list. `previous`
/// is what [`Section::key`] gave for the version before, so that sections keep their ids.
#[must_use]
pub fn article(markdown: &str, previous: &[SectionKey]) -> Article {
    let Tidied { lead, pieces } = tidy(&article_html(markdown), Dialect::Article);
    let headings = pieces.iter().map(|piece| one_line(&plain_text(&piece.heading))).collect::<Vec<_>>();
    let ids = section_ids(&headings.iter().map(String::as_str).collect::<Vec<_>>(), previous);

    let html = Dialect::Article.sanitise(&lead);
    let first = Section { id: LEAD.to_owned(), level: 0, kind: SectionKind::Lead, heading: None, html };
    let first = (!first.html.trim().is_empty()).then_some(first);
    let rest = pieces.iter().zip(headings).zip(ids).map(|((piece, heading), id)| section(piece, heading, id));
    let sections = first.into_iter().chain(rest).collect::<Vec<_>>();

    let texts = sections.iter().map(|section| plain_text(&section.html)).collect::<Vec<_>>();
    let bodies = std::iter::once(&lead).chain(pieces.iter().map(|piece| &piece.body));
    let beginning = bodies.map(|body| plain_text(body)).find(|text| !text.is_empty()).unwrap_or_default();
    Article {
        html: sections.iter().map(|section| section.html.as_str()).collect(),
        text: texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n"),
        excerpt: excerpt(&beginning, EXCERPT_MAX),
        sections,
    }
}

fn section(piece: &Piece, heading: String, id: String) -> Section {
    let Piece { level, heading: inner, body } = piece;
    let html = Dialect::Article.sanitise(&format!("<h{level} id=\"{id}\">{inner}</h{level}>{body}"));
    Section { id, level: *level, kind: SectionKind::of(&heading), heading: Some(heading), html }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
