//! HTML as people have typed it, cut into tokens: in one pass, whatever is unclosed in it.

use super::cut::{cut, cut_where};
use super::shortcodes::Shortcode;
use super::tags::{Tag, ends_name};

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

pub(super) struct Scanner<'a> {
    rest: &'a str,
    shortcodes: bool,
    /// A quote was left open up to the end of the text: from there on a tag ends at the first `>`.
    ignore_quotes: bool,
    /// With less than this to come, no comment, tag or `[caption]` ends any more, so that nobody need look for an end.
    comments: usize,
    tags: usize,
    captions: usize,
    /// Elements whose end was looked for in vain.
    endless: Vec<String>,
}

impl<'a> Scanner<'a> {
    pub fn new(text: &'a str, shortcodes: bool) -> Self {
        let from_last = |end: &str| text.rfind(end).map_or(usize::MAX, |at| text.len() - at);
        Self {
            rest: text,
            shortcodes,
            ignore_quotes: false,
            comments: from_last("-->"),
            tags: from_last(">"),
            captions: from_last("caption]"),
            endless: Vec::new(),
        }
    }

    /// Whether a `[/caption]` is to come. Without one a `[caption]` would take in all the rest.
    pub fn has_caption_end(&self) -> bool {
        self.rest.len() >= self.captions
    }

    /// Passes over everything up to the end of the element `name`, whose start was the last token.
    /// Where it has no end, nothing is passed over.
    pub fn skip_element(&mut self, name: &str) {
        if self.endless.iter().any(|other| other == name) {
            return;
        }
        let mut rest = self.rest;
        while let Some((_, behind)) = rest.split_once("</") {
            rest = behind;
            if cut(rest, name.len()).0.eq_ignore_ascii_case(name) {
                self.rest = rest.split_once('>').map_or("", |(_, behind)| behind);
                return;
            }
        }
        self.endless.push(name.to_owned());
    }

    fn markup(&mut self) -> Option<Token<'a>> {
        if self.rest.len() < self.tags {
            return None;
        }
        if let Some(inner) = self.rest.strip_prefix("<!--") {
            let (comment, behind) = if inner.len() < self.comments { None } else { inner.split_once("-->") }?;
            self.rest = behind;
            return Some(Token::Comment(comment));
        }
        let first_letter = |text: &str| text.starts_with(|first: char| first.is_ascii_alphabetic());
        let inner = self.rest.strip_prefix('<')?;
        if inner.starts_with(['!', '?']) {
            self.rest = inner.split_once('>')?.1;
            return Some(Token::Comment(""));
        }
        if let Some(end) = inner.strip_prefix('/').filter(|end| first_letter(end)) {
            let (name, behind) = end.split_once('>')?;
            self.rest = behind;
            return Some(Token::End(cut_where(name, ends_name).0.to_ascii_lowercase()));
        }
        if !first_letter(inner) {
            return None;
        }
        let (tag, behind) = self.tag(inner)?;
        self.rest = behind;
        Some(Token::Start(Tag::new(tag)))
    }

    /// What stands before the `>` which ends the tag, and what comes behind.
    fn tag(&mut self, inner: &'a str) -> Option<(&'a str, &'a str)> {
        if !self.ignore_quotes {
            let mut quote = None;
            let mut before = b' ';
            for (index, byte) in inner.bytes().enumerate() {
                match (quote, byte) {
                    (None, b'>') => return Some((cut(inner, index).0, cut(inner, index + 1).1)),
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
        inner.split_once('>')
    }

    fn shortcode(&mut self) -> Option<Token<'a>> {
        let shortcode = Shortcode::read(self.rest)?;
        self.rest = cut(self.rest, shortcode.raw.len()).1;
        Some(Token::Shortcode(shortcode))
    }

    fn text(&mut self) -> Token<'a> {
        let mut characters = self.rest.chars();
        characters.next();
        let behind = cut_where(characters.as_str(), |c| c == '<' || (self.shortcodes && c == '[')).1;
        let (text, behind) = cut(self.rest, self.rest.len() - behind.len());
        self.rest = behind;
        Token::Text(text)
    }
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let token = match self.rest.chars().next()? {
            '<' => self.markup(),
            '[' if self.shortcodes => self.shortcode(),
            _ => None,
        };
        Some(token.unwrap_or_else(|| self.text()))
    }
}
