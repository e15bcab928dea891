//! Taking personal data out of a text.

use super::super::{
    checks::{PersonalData, find_personal_data},
    shown::Shown,
};
use crate::text;

/// Rounds after which a text is given up as Markdown: what was taken out may have hidden something behind it.
const ROUNDS: usize = 4;

/// Markdown without personal data of some kinds, each replaced by what it was: `[e-mail removed]`; and the kinds that were
/// found, in their order. What is told about a text before it is posted is found here too, markup within it or not. A text
/// that has none stays as it is, to the letter, so that doing it again changes nothing.
///
/// What cannot be found in the Markdown itself, since only rendering brings it together, costs the text its markup.
/// Addresses of the web that a link does not show are left alone.
#[must_use]
pub fn redact(markdown: &str, kinds: &[PersonalData]) -> (String, Vec<PersonalData>) {
    let mut found = Vec::new();
    let mut redacted = markdown.to_owned();
    for _ in 0..ROUNDS {
        let (next, kinds) = take_out(&Source::of(&redacted), kinds);
        if kinds.is_empty() {
            break;
        }
        found.extend(kinds);
        redacted = if found.contains(&PersonalData::Email) { unlink(&next) } else { next };
    }
    let mut shown = seen(&redacted, kinds);
    for _ in 0..ROUNDS {
        let (text, kinds) = take_out(&Source::plain(&shown.0), kinds);
        if kinds.is_empty() && !shown.1 {
            break;
        }
        found.extend(kinds);
        found.extend(shown.1.then_some(PersonalData::Email));
        redacted = escape(&text);
        shown = seen(&redacted, &[]);
    }
    found.sort_unstable();
    found.dedup();
    (redacted, found)
}

/// What readers see of a text, and whether a link still writes to somebody.
fn seen(markdown: &str, kinds: &[PersonalData]) -> (String, bool) {
    let rendered = text::comment(markdown);
    let writes = kinds.contains(&PersonalData::Email) && rendered.html.contains("href=\"mailto:");
    (Shown::of(&rendered.html, &rendered.text).text.into_owned(), writes)
}

/// A text without what is not read of it.
struct Source {
    all: Vec<char>,
    /// What is read.
    read: String,
    /// Where each character of that stands in the whole.
    places: Vec<usize>,
}

impl Source {
    /// All of it is read.
    fn plain(text: &str) -> Self {
        let all: Vec<char> = text.chars().collect();
        Self { read: text.to_owned(), places: (0..all.len()).collect(), all }
    }

    /// Markdown: neither its signs are read nor where its links lead.
    fn of(markdown: &str) -> Self {
        let all: Vec<char> = markdown.chars().collect();
        let (mut read, mut places) = (String::with_capacity(markdown.len()), Vec::with_capacity(all.len()));
        let mut place = 0;
        while let Some(c) = all.get(place) {
            let length = address(&all, place);
            if length > 0 {
                // An address parts what stands on both sides of it.
                read.push('\0');
                places.push(place);
                place += length;
                continue;
            }
            if !is_sign(&all, place) {
                read.push(*c);
                places.push(place);
            }
            place += 1;
        }
        Self { all, read, places }
    }
}

/// How long an address of the web is that begins here, to the next blank or bracket; 0 if none does.
fn address(all: &[char], place: usize) -> usize {
    let before = place.checked_sub(1).and_then(|before| all.get(before));
    if before.is_some_and(|c| c.is_alphanumeric()) {
        return 0;
    }
    let begins = |scheme: &str| {
        let here = all.iter().skip(place).map(char::to_ascii_lowercase);
        here.take(scheme.len()).eq(scheme.chars())
    };
    if !["http://", "https://", "www."].into_iter().any(begins) {
        return 0;
    }
    all.iter().skip(place).take_while(|c| !c.is_whitespace() && !matches!(c, '<' | '>' | ')')).count()
}

/// Whether a character stands for no letter: emphasis, code, the sign that takes the meaning of the next.
fn is_sign(all: &[char], place: usize) -> bool {
    let is_inner = |place: Option<usize>| place.and_then(|place| all.get(place)).is_some_and(|c| c.is_alphanumeric());
    match all.get(place) {
        Some('*' | '`' | '~' | '\\') => true,
        Some('_') => !(is_inner(place.checked_sub(1)) && is_inner(Some(place + 1))),
        _ => false,
    }
}

/// Replaces what is found, with the signs that belong to it.
fn take_out(source: &Source, kinds: &[PersonalData]) -> (String, Vec<PersonalData>) {
    let (mut text, mut from, mut names) = (String::new(), 0, Vec::new());
    for found in find_personal_data(&source.read).into_iter().filter(|found| kinds.contains(&found.kind)) {
        let ends = (source.places.get(found.at.start), source.places.get(found.at.end.saturating_sub(1)));
        let (Some(start), Some(last)) = ends else {
            continue;
        };
        let (mut start, mut end) = (*start, last + 1);
        // Signs within it have their others right before or behind it.
        if end - start > found.at.len() {
            let sign = |place: &usize| is_sign(&source.all, *place);
            start -= (from..start).rev().take_while(sign).count();
            end += (end..source.all.len()).take_while(sign).count();
        }
        text.extend(source.all.get(from..start).unwrap_or_default());
        text.push_str(found.kind.placeholder());
        names.push(found.kind);
        from = end;
    }
    text.extend(source.all.get(from..).unwrap_or_default());
    (text, names)
}

/// Takes away links that lead to an address that was taken out: `[write to me](mailto:[e-mail removed])`.
fn unlink(markdown: &str) -> String {
    let gone = PersonalData::Email.placeholder();
    let mut text = markdown.replace(&format!("<mailto:{gone}>"), gone).replace(&format!("<{gone}>"), gone);
    let target = format!("](mailto:{gone}");
    while let Some(middle) = text.find(&target) {
        let after = text.get(middle + target.len()..).unwrap_or_default();
        let after = after.split_once(')').map_or(after, |(_, after)| after).to_owned();
        let before = text.get(..middle).unwrap_or_default();
        let opening = opening(before);
        let words = opening.and_then(|at| before.get(at + 1..)).unwrap_or_default();
        let before = opening.and_then(|at| before.get(..at)).unwrap_or(before);
        text = format!("{before}{words} {gone}{after}").replace(&format!("{gone} {gone}"), gone);
    }
    text
}

/// Where the bracket opens that closes behind a text.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices().rev() {
        match c {
            ']' => depth += 1,
            '[' if depth == 0 => return Some(at),
            '[' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Text as Markdown that says just that.
fn escape(text: &str) -> String {
    let mut markdown = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>#+-!|~&=.)".contains(c) {
            markdown.push('\\');
        }
        markdown.push(c);
    }
    markdown
}
