//! Start tags.

use super::cut::{cut, cut_where};
use super::references::resolve;

/// Attributes that mean something to us; the others are not kept.
const ATTRIBUTES: [&str; 9] = ["href", "src", "alt", "class", "start", "colspan", "rowspan", "width", "height"];

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// In lower case.
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// From what stands between `<` and `>`.
    pub fn new(inner: &str) -> Self {
        let (name, mut rest) = cut_where(inner, ends_name);
        let mut attributes = Vec::new();
        loop {
            let (key, after) = cut_where(rest.trim_start_matches(ends_name), |c| ends_name(c) || c == '=');
            if after.is_empty() {
                break;
            }
            let Some(value) = after.trim_ascii_start().strip_prefix('=') else {
                rest = after;
                continue;
            };
            let (value, behind) = quoted(value.trim_ascii_start());
            rest = behind;
            let key = key.to_ascii_lowercase();
            if ATTRIBUTES.contains(&key.as_str()) && attributes.len() < ATTRIBUTES.len() {
                attributes.push((key, resolve(value)));
            }
        }
        Self { name: name.to_ascii_lowercase(), attributes }
    }

    /// The value, references resolved; of an attribute which is there twice, the first one.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }

    pub fn has_class(&self, class: &str) -> bool {
        let classes = self.attribute("class").unwrap_or_default();
        classes.split_ascii_whitespace().any(|other| other == class)
    }
}

/// A value, in quotes or up to white space, and what comes behind it.
pub(super) fn quoted(text: &str) -> (&str, &str) {
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let inner = cut(text, 1).1;
            inner.split_once(quote).unwrap_or((inner, ""))
        }
        _ => cut_where(text, |c| c.is_ascii_whitespace()),
    }
}

pub(super) fn ends_name(character: char) -> bool {
    character.is_ascii_whitespace() || character == '/'
}
