//! Shortcodes, as WordPress writes what it fills in when a post is shown.

use super::cut::{cut, cut_where};
use super::tags::quoted;

/// A longer bracket is not a shortcode.
const MAX_SHORTCODE: usize = 4096;

/// `[name attributes]` or `[/name]`, whether anybody knows the name or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shortcode<'a> {
    pub raw: &'a str,
    pub name: &'a str,
    pub attributes: &'a str,
    pub is_end: bool,
}

impl<'a> Shortcode<'a> {
    /// The one at the beginning of a text.
    pub fn read(text: &'a str) -> Option<Self> {
        let start = cut(text, text.floor_char_boundary(MAX_SHORTCODE)).0.strip_prefix('[')?;
        let (inner, behind) = cut_where(start, |c| matches!(c, '[' | ']'));
        behind.strip_prefix(']')?;
        let (raw, _) = cut(text, inner.len() + "[]".len());
        let inner = inner.trim_end_matches('/');
        let is_end = inner.starts_with('/');
        let (name, attributes) = cut_where(inner.strip_prefix('/').unwrap_or(inner), char::is_whitespace);
        let is_name = name.starts_with(|first: char| first.is_ascii_lowercase())
            && name.chars().all(|other| other.is_ascii_alphanumeric() || matches!(other, '_' | '-'));
        // What nobody fills is text, and an element in it is an element.
        let is_whole = name.ends_with("caption") || !attributes.contains('<');
        (is_name && is_whole).then_some(Self { raw, name, attributes, is_end })
    }

    /// The value of `name="value"`, `name='value'` or `name=value`.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes.match_indices(name).find_map(|(at, _)| {
            let (before, behind) = cut(self.attributes, at);
            let value = cut(behind, name.len()).1.strip_prefix('=')?;
            before.ends_with(char::is_whitespace).then(|| quoted(value).0)
        })
    }

    /// Prose has brackets too (`[sic]`); only this is worth a note when nobody knows the name.
    pub fn is_unmistakable(&self) -> bool {
        self.is_end || self.attributes.contains('=') || self.name.contains(['_', '-'])
    }
}
