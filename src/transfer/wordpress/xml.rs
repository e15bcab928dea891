//! A pull parser for XML of the shape an export has: elements in elements, text only in the
//! innermost. Its callers step from child to child; nobody has to hold the tree.

use std::io::Read;

use quick_xml::escape::{resolve_html5_entity, unescape_with};
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::{Error, errors::IllFormedError};

use super::broken::Broken;
use super::field::{Field, MAX_FIELD};
use super::source::{Mark, Source, newlines};

/// Elements in elements; an export has six. An open element costs memory until it is closed.
const MAX_DEPTH: usize = 64;

/// What markup may need around a text of the greatest length.
const MARKUP: usize = 1024;

/// An element's start.
pub(super) struct Element {
    /// With the prefix the exports of WordPress use (`wp:post_id`), whatever the file's is.
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute, its references resolved.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// What comes next inside the element which the reader is in.
pub(super) enum Step {
    Child(Element),
    End,
}

enum Piece {
    Start(Element),
    End,
    Other,
}

pub(super) struct Xml<R> {
    reader: quick_xml::Reader<Source<R>>,
    buffer: Vec<u8>,
    open: Vec<(String, Mark)>,
    prefixes: Vec<(String, &'static str)>,
}

impl<R: Read> Xml<R> {
    pub fn new(inner: R) -> Self {
        let mut reader = quick_xml::Reader::from_reader(Source::new(inner));
        reader.config_mut().expand_empty_elements = true;
        // Old exports write the addresses of commenters as they are, `?a=1&b=2`.
        reader.config_mut().allow_dangling_amp = true;
        Self { reader, buffer: Vec::new(), open: Vec::new(), prefixes: Vec::new() }
    }

    pub fn mark(&self) -> Mark {
        self.reader.get_ref().mark()
    }

    /// The next child of the current element, which becomes the current one, or the element's end.
    /// Outside the outermost element the end of the file is [`Broken`].
    pub fn step(&mut self) -> Result<Step, Broken> {
        loop {
            match self.piece(None)? {
                Piece::Start(element) => return Ok(Step::Child(element)),
                Piece::End => return Ok(Step::End),
                Piece::Other => {}
            }
        }
    }

    /// The text of the current element up to its end, that of elements inside it included.
    pub fn text(&mut self) -> Result<Field, Broken> {
        let mut field = Field::default();
        let depth = self.open.len();
        while self.open.len() >= depth {
            self.piece(Some(&mut field))?;
        }
        field.finish();
        Ok(field)
    }

    /// Passes over the rest of the current element.
    pub fn skip(&mut self) -> Result<(), Broken> {
        let depth = self.open.len();
        while self.open.len() >= depth {
            self.piece(None)?;
        }
        Ok(())
    }

    fn piece(&mut self, field: Option<&mut Field>) -> Result<Piece, Broken> {
        let start = self.mark();
        self.buffer.clear();
        self.reader.get_mut().allow(MAX_FIELD + MARKUP);
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(error) => return Err(self.broken(start, &error)),
        };
        let added = match (&event, field) {
            (Event::Text(text), Some(field)) => field.push_text(text),
            (Event::CData(text), Some(field)) => field.push(text),
            (Event::GeneralRef(reference), Some(field)) => push_reference(reference, field),
            _ => true,
        };
        if !added {
            return Err(self.too_long(start));
        }
        match event {
            Event::Start(tag) => {
                if self.open.is_empty() {
                    self.prefixes = prefixes(&tag);
                }
                let element = element(&tag, &self.prefixes);
                if self.open.len() == MAX_DEPTH {
                    return Err(Broken::at(start, "elements are nested too deep"));
                }
                self.open.push((element.name.clone(), start));
                Ok(Piece::Start(element))
            }
            Event::End(_) => {
                self.open.pop();
                Ok(Piece::End)
            }
            Event::Text(text) if self.open.is_empty() && !text.trim().is_empty() => {
                Err(Broken::at(start, "this is not XML: it begins with text"))
            }
            Event::Decl(declaration) => check_encoding(&declaration, start),
            // An entity is expanded by the parser's user only, and we expand none but HTML's; a
            // document type has no other use in an export, so there is nothing to lose.
            Event::DocType(_) => Err(Broken::at(start, "a WordPress export has no document type (<!DOCTYPE ...>)")),
            Event::Eof => Err(self.cut_off()),
            _ => Ok(Piece::Other),
        }
    }

    fn broken(&self, start: Mark, error: &Error) -> Broken {
        let source = self.reader.get_ref();
        match error {
            Error::Io(_) if source.is_exhausted() => self.too_long(start),
            Error::Io(error) => Broken::at(self.mark(), format!("the file cannot be read: {error}")),
            Error::Encoding(quick_xml::encoding::EncodingError::Utf8(error)) => {
                let valid = self.buffer.get(..error.valid_up_to()).unwrap_or_default();
                let mark = Mark { byte: start.byte + valid.len() as u64, line: start.line + newlines(valid) };
                Broken::at(mark, format!("{} is not valid UTF-8", self.place()))
            }
            Error::IllFormed(IllFormedError::MismatchedEndTag { expected, .. }) => {
                Broken::at(start, format!("</{expected}> was expected, but another element is closed"))
            }
            Error::IllFormed(IllFormedError::UnmatchedEndTag(_)) => {
                Broken::at(start, "an element is closed which was not opened")
            }
            _ if source.is_at_end() => self.cut_off(),
            _ => Broken::at(start, format!("{} has broken markup", self.place())),
        }
    }

    fn cut_off(&self) -> Broken {
        let message = match self.open.last() {
            Some((name, mark)) => {
                format!("the file ends inside <{name}>, which begins at line {}", mark.line)
            }
            None => "the file ends before an export begins".to_owned(),
        };
        Broken::at(self.mark(), message)
    }

    fn too_long(&self, start: Mark) -> Broken {
        let limit = MAX_FIELD / (1024 * 1024);
        Broken::at(start, format!("{} is longer than {limit} MiB", self.place()))
    }

    fn place(&self) -> String {
        match self.open.last() {
            Some((name, _)) => format!("<{name}>"),
            None => "the beginning of the file".to_owned(),
        }
    }
}

/// Adds what a reference stands for. HTML's names are not XML's, but they are what people write.
fn push_reference(reference: &BytesRef<'_>, field: &mut Field) -> bool {
    if reference.is_char_ref() {
        if let Ok(Some(character)) = reference.resolve_char_ref() {
            return field.push(character.encode_utf8(&mut [0; 4]));
        }
        field.count_control();
        return true;
    }
    match resolve_html5_entity(reference) {
        Some(text) => field.push(text),
        None => field.push_stray(reference),
    }
}

fn check_encoding(declaration: &BytesDecl<'_>, start: Mark) -> Result<Piece, Broken> {
    let named = match declaration.encoding() {
        Some(Ok(name)) => name.to_ascii_lowercase(),
        _ => return Ok(Piece::Other),
    };
    match named.as_str() {
        "utf-8" | "utf8" | "us-ascii" | "ascii" => Ok(Piece::Other),
        _ => Err(Broken::at(
            start,
            "the file says that it is not in UTF-8; convert it first, for example with iconv, \
             and change its first line",
        )),
    }
}

/// Which of WordPress' prefixes each prefix of the file stands for, by the namespaces the
/// outermost element declares. The address of `wp` and `excerpt` carries the version.
fn prefixes(tag: &BytesStart<'_>) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    for attribute in tag.attributes().with_checks(false).flatten().take(MAX_DEPTH) {
        let Some(prefix) = attribute.key.as_ref().strip_prefix("xmlns:") else {
            continue;
        };
        let address = attribute.value.trim_end_matches('/');
        let meaning = if address.contains("wordpress.org/export/") {
            if address.ends_with("/excerpt") { "excerpt" } else { "wp" }
        } else if address.contains("purl.org/dc/elements") {
            "dc"
        } else if address.contains("purl.org/rss/1.0/modules/content") {
            "content"
        } else {
            continue;
        };
        found.push((prefix.to_owned(), meaning));
    }
    found
}

fn element(tag: &BytesStart<'_>, prefixes: &[(String, &'static str)]) -> Element {
    let name = tag.name();
    let name = name.as_ref();
    let known = name.split_once(':').and_then(|(prefix, local)| {
        let meaning = prefixes.iter().find(|(declared, _)| declared == prefix)?.1;
        Some(format!("{meaning}:{local}"))
    });
    // Unchecked, since the check for duplicates compares each attribute with all before it.
    Element {
        name: known.unwrap_or_else(|| name.to_owned()),
        attributes: tag
            .attributes()
            .with_checks(false)
            .flatten()
            .take(MAX_DEPTH)
            .map(|attribute| {
                let key = attribute.key.as_ref().to_owned();
                let value = match unescape_with(&attribute.value, resolve_html5_entity) {
                    Ok(value) => value.into_owned(),
                    Err(_) => attribute.value.into_owned(),
                };
                (key, value)
            })
            .collect(),
    }
}
