//! What a comment points to in its article: a section, and words of it.

use super::super::types::{PostComment, SectionHtml};
use crate::{
    error::Field,
    text::{self, Bounds},
};
use uuid::Uuid;

/// The longest quote, characters.
const QUOTE: Bounds = Bounds::new(1, 300);

/// What a comment points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor<'a> {
    /// The article under which it stands.
    pub article_id: Uuid,
    /// The section of it.
    pub section_id: &'a str,
    /// What it quotes of that.
    pub quote: Option<&'a str>,
}

/// What a new comment quotes, with single spaces.
///
/// # Errors
/// The flaw that it has, at `/quote`, or at `/section_id` when that is missing.
pub fn quoted(input: &PostComment) -> Result<Option<String>, Field> {
    let Some(quote) = &input.quote else { return Ok(None) };
    if input.section_id.is_none() {
        return Err(Field::body("/section_id", "required", "must say where the quote stands"));
    }
    let quote = spaced(quote);
    let cleaned = text::clean_line(&quote, QUOTE);
    cleaned.map(Some).map_err(|flaw| Field::body("/quote", flaw.code(), flaw.detail()))
}

/// Whether a section can have this id. (The database refuses to look for some that cannot.)
#[must_use]
pub fn could_be_section(id: &str) -> bool {
    !id.chars().any(char::is_control)
}

/// What is wrong with what a comment points to, given the sections that are there.
#[must_use]
pub fn not_in_article(anchor: &Anchor<'_>, sections: &[SectionHtml]) -> Option<Field> {
    match (section_of(anchor, sections), anchor.quote) {
        (None, _) => Some(Field::body("/section_id", "unknown", "is no section of this article")),
        (Some(section), Some(quote)) if !says(section, quote) => {
            Some(Field::body("/quote", "not_in_section", "does not stand in that section"))
        }
        _ => None,
    }
}

/// Whether the article has no longer what a comment points to.
#[must_use]
pub fn is_orphaned(anchor: &Anchor<'_>, sections: &[SectionHtml]) -> bool {
    not_in_article(anchor, sections).is_some()
}

fn section_of<'a>(anchor: &Anchor<'_>, sections: &'a [SectionHtml]) -> Option<&'a SectionHtml> {
    sections.iter().find(|section| section.article_id == anchor.article_id && section.id == anchor.section_id)
}

fn says(section: &SectionHtml, quote: &str) -> bool {
    spaced(&text::plain_text(&section.html)).contains(quote)
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(id: &str, html: &str) -> SectionHtml {
        SectionHtml { article_id: Uuid::nil(), id: id.into(), html: html.into() }
    }

    fn flaw(section_id: &str, quote: Option<&str>) -> Option<String> {
        let sections = [section("ask-once", "<h2>Ask once</h2>\n<p>Then <em>wait</em>,\nhowever long.</p>")];
        let anchor = Anchor { article_id: Uuid::nil(), section_id, quote };
        not_in_article(&anchor, &sections).map(|field| field.code.into_owned())
    }

    #[test]
    fn a_quote_stands_in_its_section_whatever_the_markup_and_the_white_space() {
        for quote in [None, Some("Ask once"), Some("Then wait, however long."), Some("once Then")] {
            assert_eq!(flaw("ask-once", quote), None, "{quote:?}");
        }
        assert_eq!(flaw("ask-once", Some("then wait")).as_deref(), Some("not_in_section"));
        assert_eq!(flaw("elsewhere", Some("Ask once")).as_deref(), Some("unknown"));
    }

    #[test]
    fn a_section_of_another_article_is_none_of_this_one() {
        let anchor = Anchor { article_id: Uuid::max(), section_id: "ask-once", quote: None };
        assert!(is_orphaned(&anchor, &[section("ask-once", "")]));
    }

    #[test]
    fn a_quote_needs_a_section_and_has_bounds() {
        let input = |quote: &str, section_id: Option<&str>| PostComment {
            body: String::new(),
            parent_id: None,
            as_is: false,
            mentions: Vec::new(),
            section_id: section_id.map(str::to_owned),
            quote: Some(quote.to_owned()),
            guest: None,
            challenge: None,
            website: None,
        };
        let code = |quote: &str, section_id| quoted(&input(quote, section_id)).map_err(|flaw| flaw.code.into_owned());
        assert_eq!(code(" Then\n wait ", Some("x")), Ok(Some("Then wait".into())));
        assert_eq!(code("Then wait", None), Err("required".into()));
        assert_eq!(code(" ", Some("x")), Err("blank".into()));
        assert_eq!(code(&"x".repeat(301), Some("x")), Err("too_long".into()));
        assert!(code(&"x".repeat(300), Some("x")).is_ok());
        assert_eq!(code("a\0b", Some("x")), Err("control_character".into()));
    }
}
