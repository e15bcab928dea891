//! Which addresses a text may keep, and how they must be written to stand in Markdown and HTML.

use percent_encoding::percent_encode_byte;

use super::cut::{cut, cut_where};

/// A longer address is not one a person would miss.
const MAX_URL: usize = 2048;

/// The address of a link, if it is one that may be followed.
pub(super) fn link(address: &str) -> Option<String> {
    let address = clean(address)?;
    match scheme(&address).as_deref() {
        None | Some("http" | "https" | "mailto" | "tel") => Some(address),
        Some(_) => None,
    }
}

/// The address of something which is loaded or shown: absolute, `http` or `https`. What begins
/// with `/` is on `site`.
pub(super) fn resource(address: &str, site: &str) -> Option<String> {
    let address = clean(address)?;
    match scheme(&address).as_deref() {
        Some("http" | "https") => Some(address),
        None if address.starts_with('/') => {
            let host_end = site.match_indices('/').nth(2).map_or(site.len(), |(index, _)| index);
            let (origin, _) = cut(site, host_end);
            scheme(origin)?;
            Some(format!("{origin}{address}"))
        }
        _ => None,
    }
}

pub(super) fn is_secure(address: &str) -> bool {
    scheme(address).as_deref() == Some("https")
}

/// The first address in a word of plain text that would become a link when it is shown, between what
/// comes before and behind it. What usually follows an address in a sentence is not part of it (GitHub Flavored Markdown,
/// "extended autolink path validation").
pub(super) fn find(word: &str) -> Option<(&str, &str, &str)> {
    let mut starts = word.match_indices(['h', 'w', 'f']);
    starts.find_map(|(start, _)| {
        let (before, rest) = cut(word, start);
        let prefix = PREFIXES.iter().find(|prefix| rest.starts_with(**prefix))?;
        let (address, behind) = cut(rest, length(rest));
        (address.len() > prefix.len()).then_some((before, address, behind))
    })
}

const PREFIXES: [&str; 4] = ["http://", "https://", "ftp://", "www."];

fn length(text: &str) -> usize {
    let (text, _) = cut(text, text.floor_char_boundary(MAX_URL));
    let (mut address, _) = cut_where(text, |c| is_unfit(c) && !matches!(c, '(' | ')'));
    let count = |bracket: char| address.matches(bracket).count();
    let mut unmatched = count(')').saturating_sub(count('('));
    loop {
        let trimmed = match address.strip_suffix(')') {
            Some(trimmed) if unmatched > 0 => {
                unmatched -= 1;
                trimmed
            }
            _ => address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '~', '”', '’']),
        };
        if trimmed.len() == address.len() {
            return address.len();
        }
        address = trimmed;
    }
}

fn clean(address: &str) -> Option<String> {
    let address = address.trim();
    if address.is_empty() || address.len() > MAX_URL {
        return None;
    }
    let mut clean = String::with_capacity(address.len());
    if address.starts_with("//") {
        clean.push_str("https:");
    }
    for character in address.chars() {
        match character {
            '\t' | '\n' | '\r' => {}
            unfit if is_unfit(unfit) => {
                for byte in unfit.encode_utf8(&mut [0; 4]).bytes() {
                    clean.push_str(percent_encode_byte(byte));
                }
            }
            fit => clean.push(fit),
        }
    }
    Some(clean)
}

/// What would end an address in Markdown or HTML, or must not stand in one (RFC 3986, section 2).
fn is_unfit(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '(' | ')' | '<' | '>' | '[' | ']' | '{' | '}' | '"' | '`' | '\\' | '|' | '^')
}

/// The scheme in lower case; none for a relative address.
fn scheme(address: &str) -> Option<String> {
    let (scheme, behind) = cut_where(address, |c| matches!(c, ':' | '/' | '?' | '#'));
    behind.starts_with(':').then(|| scheme.to_ascii_lowercase())
}
