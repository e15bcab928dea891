//! HTML in good order. Markdown may hold raw HTML in any disorder, and any depth of either; an HTML parser's repairs then
//! take time, and make trees, that grow with the square of the input. What leaves here holds known elements only, each
//! closed within its parent and none deeper than [`MAX_DEPTH`], cut at the headings. It is not yet safe: see
//! [`sanitise`](super::sanitise).

use std::collections::HashMap;

use html5ever::LocalName;
use html5ever::tokenizer::Tag;

use super::sanitise::Dialect;
use super::tokens::{Walker, walk};

/// Deepest nesting that is written; what is deeper keeps its text and loses its elements.
const MAX_DEPTH: usize = 64;

/// HTML in good order, cut into pieces.
#[derive(Debug)]
pub(super) struct Tidied {
    /// What stands before the first heading.
    pub(super) lead: String,
    /// Each heading with what follows it up to the next.
    pub(super) pieces: Vec<Piece>,
}

/// A heading and what follows it.
#[derive(Debug)]
pub(super) struct Piece {
    /// 1 to 6.
    pub(super) level: u8,
    /// What stands between the heading's tags.
    pub(super) heading: String,
    pub(super) body: String,
}

/// Puts HTML in order and cuts it at its headings. A heading within a quote, a list, a table or another box belongs to that
/// box and cuts nothing; a comment has no headings, only bold lines.
pub(super) fn tidy(html: &str, dialect: Dialect) -> Tidied {
    let tidied = Tidied { lead: String::new(), pieces: Vec::new() };
    let mut tidy = walk(html, Tidy { dialect, tidied, open: Vec::new(), counts: HashMap::new() });
    tidy.close_to(0);
    tidy.tidied
}

struct Tidy {
    dialect: Dialect,
    tidied: Tidied,
    open: Vec<Open>,
    /// How many elements of each name are open, so that an end tag without a start costs no search.
    counts: HashMap<LocalName, usize>,
}

struct Open {
    name: LocalName,
    /// Whether its tags are written.
    written: bool,
}

impl Walker for Tidy {
    fn start(&mut self, tag: &Tag) {
        let name = &*tag.name;
        if level(name).is_some() {
            return self.start_heading(tag);
        }
        // A box in preformatted text is one that the author forgot to close; some of them a parser would drop, and a line
        // break that comes to stand first in `pre` is dropped by the next parser.
        if !self.dialect.has_element(name) || (!is_inline(name) && self.has_open("pre")) {
            return;
        }
        if !is_inline(name) {
            self.close("p");
        }
        if let Some((parents, siblings)) = family(name) {
            let Some(at) = self.place_in(parents, siblings) else { return };
            self.close_to(at);
        } else {
            self.leave_table();
        }
        let attributes = self.attributes(tag);
        let fits = self.open.len() < MAX_DEPTH && !(name == "a" && self.has_open("a"));
        let written =
            fits && required(name).is_none_or(|needed| attributes.iter().any(|(attribute, _)| *attribute == needed));
        if written {
            self.write_start(name, &attributes);
        }
        if !matches!(name, "br" | "hr" | "img") {
            self.push(tag.name.clone(), written);
        }
    }

    fn end(&mut self, name: &str) {
        self.close(name);
    }

    fn text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.leave_table();
        }
        // As above: each parse would take one away.
        let out = self.out();
        let text = if out.ends_with("<pre>") { text.trim_start_matches('\n') } else { text };
        escape(text, out);
    }
}

impl Tidy {
    fn start_heading(&mut self, tag: &Tag) {
        self.close("p");
        self.close("pre");
        self.leave_table();
        if let Some(at) = self.open.iter().take(MAX_DEPTH).position(|open| level(&open.name).is_some()) {
            self.close_to(at);
        }
        let boxed = self.open.iter().rposition(|open| !is_inline(&open.name)).map_or(0, |at| at + 1);
        self.close_to(boxed);
        if self.dialect == Dialect::Comment {
            self.write("<p><strong>");
            self.push(tag.name.clone(), true);
        } else if boxed > 0 {
            let written = boxed < MAX_DEPTH;
            if written {
                self.write(&format!("<{}>", tag.name));
            }
            self.push(tag.name.clone(), written);
        } else {
            let level = level(&tag.name).unwrap_or_default();
            self.tidied.pieces.push(Piece { level, heading: String::new(), body: String::new() });
            // Its tags are written by whoever knows its id.
            self.push(tag.name.clone(), false);
        }
    }

    /// The attributes that stay, and those that each image has.
    fn attributes<'t>(&self, tag: &'t Tag) -> Vec<(&'t str, &'t str)> {
        let given = tag.attrs.iter().map(|attribute| (&*attribute.name.local, attribute.value.trim()));
        let mut attributes =
            given.filter(|(name, value)| self.dialect.has_attribute(&tag.name, name, value)).collect::<Vec<_>>();
        if &*tag.name == "img" {
            for always in [("alt", ""), ("loading", "lazy")] {
                if !attributes.iter().any(|(name, _)| *name == always.0) {
                    attributes.push(always);
                }
            }
        }
        attributes
    }

    fn write_start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let out = self.out();
        out.push('<');
        out.push_str(name);
        for (name, value) in attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            escape(value, out);
            out.push('"');
        }
        out.push('>');
    }

    fn push(&mut self, name: LocalName, written: bool) {
        *self.counts.entry(name.clone()).or_default() += 1;
        self.open.push(Open { name, written });
    }

    fn has_open(&self, name: &str) -> bool {
        self.counts.get(&LocalName::from(name)).is_some_and(|count| *count > 0)
    }

    /// How deep an element belongs that can only stand in such parents, ending such siblings; nowhere, if neither is near.
    fn place_in(&self, parents: &[&str], siblings: &[&str]) -> Option<usize> {
        for (at, open) in self.open.iter().enumerate().rev().take(MAX_DEPTH) {
            if parents.contains(&&*open.name) {
                return Some(at + 1);
            }
            if !is_inline(&open.name) && !siblings.contains(&&*open.name) {
                return None;
            }
        }
        None
    }

    /// Ends the table that is open around us, unless we are in one of its cells or its caption: a parser would move what
    /// stands between them out of it, and elsewhere again the next time.
    fn leave_table(&mut self) {
        if self.open.last().is_some_and(|open| matches!(&*open.name, "table" | "thead" | "tbody" | "tfoot" | "tr")) {
            self.close("table");
        }
    }

    /// Closes the innermost open element of that name, and all within it, if there is one.
    fn close(&mut self, name: &str) {
        if self.has_open(name)
            && let Some(at) = self.open.iter().rposition(|open| &*open.name == name)
        {
            self.close_to(at);
        }
    }

    /// Closes elements, innermost first, until only so many are open.
    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth
            && let Some(Open { name, written }) = self.open.pop()
        {
            if let Some(count) = self.counts.get_mut(&name) {
                *count -= 1;
            }
            match (written, level(&name)) {
                (true, Some(_)) if self.dialect == Dialect::Comment => self.write("</strong></p>"),
                (true, _) => self.write(&format!("</{name}>")),
                (false, _) => {}
            }
        }
    }

    fn write(&mut self, html: &str) {
        self.out().push_str(html);
    }

    fn out(&mut self) -> &mut String {
        let in_heading = self.open.first().is_some_and(|open| !open.written && level(&open.name).is_some());
        match self.tidied.pieces.last_mut() {
            None => &mut self.tidied.lead,
            Some(piece) if in_heading => &mut piece.heading,
            Some(piece) => &mut piece.body,
        }
    }
}

/// The level of a heading's element.
fn level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

/// The attribute without which an element is useless.
fn required(name: &str) -> Option<&'static str> {
    match name {
        "a" => Some("href"),
        "img" => Some("src"),
        "section" => Some("class"),
        _ => None,
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}

/// For an element that means something in certain parents only: these, and the siblings that its start ends.
fn family(name: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
    match name {
        "li" => Some((&["ol", "ul"], &["li"])),
        "dt" | "dd" => Some((&["dl"], &["dd", "dt"])),
        "caption" | "thead" | "tbody" | "tfoot" => {
            Some((&["table"], &["caption", "thead", "tbody", "tfoot", "tr", "td", "th"]))
        }
        "tr" => Some((&["table", "thead", "tbody", "tfoot"], &["caption", "tr", "td", "th"])),
        "td" | "th" => Some((&["tr"], &["td", "th"])),
        _ => None,
    }
}

/// Whether an element may stand within a paragraph.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "br"
            | "cite"
            | "code"
            | "del"
            | "em"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "small"
            | "strong"
            | "sub"
            | "sup"
            | "u"
    )
}
