//! HTML as people have typed it, cut into tokens: in one pass, whatever is unclosed in it.

use quick_xml::escape::resolve_html5_entity;

use super::marks;

/// Attributes that mean something to us; the others are not kept.
const ATTRIBUTES: [&str; 9] = ["href", "src", "alt", "class", "start", "colspan", "rowspan", "width", "height"];

/// A longer bracket is not a shortcode.
const MAX_SHORTCODE: usize = 4096;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text with its references unresolved.
    Text(&'a str),
    Start(Tag),
    /// The lower-case name of the element which is closed.
    End(String),
    /// What stands between `<!--` and `-->`.
    Comment(&'a str),
    Shortcode(Shortcode<'a>),
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// In lower case.
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
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

/// `[name attributes]` or `[/name]`, whether anybody knows the name or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shortcode<'a> {
    pub raw: &'a str,
    pub name: &'a str,
    pub attributes: &'a str,
    pub is_end: bool,
}

impl<'a> Shortcode<'a> {
    /// The value of `name="value"`, `name='value'` or `name=value`.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.attributes;
        while let Some(at) = rest.find(name) {
            let after = &rest[at + name.len()..];
            let starts_word = rest[..at].chars().next_back().is_none_or(char::is_whitespace);
            if let (true, Some(value)) = (starts_word, after.strip_prefix('=')) {
                return Some(match value.chars().next() {
                    Some(quote @ ('"' | '\'')) => value[1..].split(quote).next().unwrap_or_default(),
                    _ => value.split_ascii_whitespace().next().unwrap_or_default(),
                });
            }
            rest = after;
        }
        None
    }

    /// Prose has brackets too (`[sic]`); only this is worth a note when nobody knows the name.
    pub fn is_unmistakable(&self) -> bool {
        self.is_end || self.attributes.contains('=') || self.name.contains(['_', '-'])
    }
}

pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    shortcodes: bool,
    /// A quote was left open up to the end of the text: from there on a tag ends at the first `>`.
    ignore_quotes: bool,
    /// Behind these no comment and no tag ends, so that nobody need look for their end.
    last_comment_end: usize,
    last_tag_end: usize,
    last_caption_end: usize,
    /// Elements whose end was looked for in vain.
    endless: Vec<String>,
}

impl<'a> Scanner<'a> {
    pub fn new(text: &'a str, shortcodes: bool) -> Self {
        Self {
            text,
            at: 0,
            shortcodes,
            ignore_quotes: false,
            last_comment_end: text.rfind("-->").unwrap_or_default(),
            last_tag_end: text.rfind('>').unwrap_or_default(),
            last_caption_end: text.rfind("caption]").unwrap_or_default(),
            endless: Vec::new(),
        }
    }

    /// Whether a `[/caption]` is to come. Without one a `[caption]` would take in all the rest.
    pub fn has_caption_end(&self) -> bool {
        self.at < self.last_caption_end
    }

    /// Passes over everything up to the end of the element `name`, whose start was the last token.
    /// Where it has no end, nothing is passed over.
    pub fn skip_element(&mut self, name: &str) {
        if self.endless.iter().any(|other| other == name) {
            return;
        }
        let mut from = self.at;
        while let Some(found) = self.text[from..].find("</") {
            let end = from + found + 2;
            let candidate = self.text.get(end..end + name.len()).unwrap_or_default();
            if candidate.eq_ignore_ascii_case(name) {
                let rest = &self.text[end..];
                self.at = end + rest.find('>').map_or(rest.len(), |close| close + 1);
                return;
            }
            from = end;
        }
        self.endless.push(name.to_owned());
    }

    fn markup(&mut self) -> Option<Token<'a>> {
        if self.at > self.last_tag_end {
            return None;
        }
        let rest = &self.text[self.at..];
        if let Some(inner) = rest.strip_prefix("<!--") {
            if self.last_comment_end < self.at + 4 {
                return None;
            }
            let length = inner.find("-->")?;
            self.at += length + 7;
            return Some(Token::Comment(&inner[..length]));
        }
        match rest.as_bytes() {
            [b'<', b'!' | b'?', ..] => {
                let length = rest.find('>')?;
                self.at += length + 1;
                Some(Token::Comment(""))
            }
            [b'<', b'/', letter, ..] if letter.is_ascii_alphabetic() => {
                let length = rest.find('>')?;
                let name = rest[2..length].split(ends_name).next().unwrap_or_default();
                self.at += length + 1;
                Some(Token::End(name.to_ascii_lowercase()))
            }
            [b'<', letter, ..] if letter.is_ascii_alphabetic() => {
                let length = self.tag_length(rest)?;
                let tag = tag(&rest[1..length]);
                self.at += length + 1;
                Some(Token::Start(tag))
            }
            _ => None,
        }
    }

    /// Up to the `>` which ends the tag.
    fn tag_length(&mut self, rest: &str) -> Option<usize> {
        if !self.ignore_quotes {
            let mut quote = None;
            let mut before = b' ';
            for (index, byte) in rest.bytes().enumerate() {
                match (quote, byte) {
                    (None, b'>') => return Some(index),
                    (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
                    (Some(open), close) if open == close => quote = None,
                    _ => {}
                }
                if !byte.is_ascii_whitespace() {
                    before = byte;
                }
            }
            self.ignore_quotes = true;
        }
        rest.find('>')
    }

    fn shortcode(&mut self) -> Option<Shortcode<'a>> {
        let rest = &self.text[self.at + 1..];
        let mut end = rest.len().min(MAX_SHORTCODE);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let length = rest[..end].find(['[', ']'])?;
        if !rest[length..].starts_with(']') {
            return None;
        }
        let inner = rest[..length].trim_end_matches('/');
        let (inner, is_end) = match inner.strip_prefix('/') {
            Some(name) => (name, true),
            None => (inner, false),
        };
        let (name, attributes) = inner.split_at(inner.find(char::is_whitespace).unwrap_or(inner.len()));
        let is_name = name.starts_with(|first: char| first.is_ascii_lowercase())
            && name.chars().all(|other| other.is_ascii_alphanumeric() || matches!(other, '_' | '-'));
        // What nobody fills is text, and an element in it is an element.
        let is_whole = name.ends_with("caption") || !attributes.contains('<');
        (is_name && is_whole).then(|| Shortcode {
            raw: &self.text[self.at..=self.at + 1 + length],
            name,
            attributes,
            is_end,
        })
    }
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let rest = &self.text[self.at..];
        let token = match rest.chars().next()? {
            '<' => self.markup(),
            '[' if self.shortcodes => self.shortcode().map(|shortcode| {
                self.at += shortcode.raw.len();
                Token::Shortcode(shortcode)
            }),
            _ => None,
        };
        if token.is_some() {
            return token;
        }
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let stop = |c: char| c == '<' || (self.shortcodes && c == '[');
        let length = rest[first..].find(stop).map_or(rest.len(), |at| at + first);
        self.at += length;
        Some(Token::Text(&rest[..length]))
    }
}

fn ends_name(character: char) -> bool {
    character.is_ascii_whitespace() || character == '/'
}

/// A start tag from what stands between `<` and `>`.
fn tag(inner: &str) -> Tag {
    let (name, mut rest) = inner.split_at(inner.find(ends_name).unwrap_or(inner.len()));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(ends_name);
        let Some(end) = rest.find(|c: char| ends_name(c) || c == '=') else {
            break;
        };
        let key = rest[..end].to_ascii_lowercase();
        let after = rest[end..].trim_ascii_start();
        let Some(value) = after.strip_prefix('=') else {
            rest = after;
            continue;
        };
        let value = value.trim_ascii_start();
        let (value, remainder) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        rest = remainder;
        if ATTRIBUTES.contains(&key.as_str()) && attributes.len() < ATTRIBUTES.len() {
            attributes.push((key, resolve(value)));
        }
    }
    Tag { name: name.to_ascii_lowercase(), attributes }
}

/// Text with its references resolved, without the characters we use as [`marks`].
pub(super) fn resolve(text: &str) -> String {
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        resolved.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        // The longest name HTML has is 31 letters long.
        let end = rest.bytes().take(32).position(|byte| byte == b';');
        match end.and_then(|end| Some((end, reference(&rest[..end])?))) {
            Some((end, character)) => {
                resolved.push_str(&character);
                rest = &rest[end + 1..];
            }
            None => resolved.push('&'),
        }
    }
    resolved.push_str(rest);
    resolved.retain(|character| !marks::is_mark(character));
    resolved
}

fn reference(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(str::to_owned);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse().ok()?,
    };
    // Numbers from 128 to 159 mean what they are in Windows-1252, as in every browser.
    let character = match u8::try_from(code) {
        Ok(byte @ 0x80..=0x9F) => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from_u32(code)?,
    };
    let is_text = !character.is_control() || matches!(character, '\t' | '\n');
    Some(if is_text { character.to_string() } else { String::new() })
}

/// The HTML standard's table for numeric references ("numeric character reference end state").
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];
