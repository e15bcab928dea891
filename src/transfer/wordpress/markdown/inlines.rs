//! Words and what formats them. Blanks and formatting are written only when a word comes that
//! needs them, so none of them ever stands at an edge, where Markdown would read it differently.

use super::blocks::{Builder, Kind};
use super::marks::{self, Format};
use super::raw;
use super::scan::Tag;
use super::urls;

/// Formatting in formatting; more is not shown.
const MAX_FORMATS: usize = 12;

/// Longer runs of code are cut in two, since finding backticks that do not occur in one takes time.
const MAX_CODE: usize = 4096;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Format(Format),
    Link(String),
    Code,
}

/// Formatting of the words which come next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Inline {
    pub style: Style,
    /// It is waited for its end, but it changes nothing: bold in bold, a bold heading.
    is_silent: bool,
}

/// The white space since the last word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gap {
    newlines: usize,
    breaks: usize,
    is_some: bool,
}

impl Gap {
    pub fn space(&mut self) {
        self.is_some = true;
    }

    pub fn newline(&mut self) {
        self.is_some = true;
        self.newlines += 1;
    }

    /// A `<br>`; two of them are what people write for a new paragraph.
    pub fn add_break(&mut self) {
        self.is_some = true;
        self.breaks += 1;
    }

    pub fn break_once(&mut self) {
        self.is_some = true;
        self.breaks = self.breaks.max(1);
    }

    fn has_line_end(self) -> bool {
        self.newlines > 0 || self.breaks > 0
    }

    fn ends_paragraph(self) -> bool {
        self.newlines > 1 || self.breaks > 1
    }
}

impl Builder<'_> {
    /// Text whose references are resolved.
    pub fn text(&mut self, text: &str) {
        if self.kind() == Kind::Preformatted {
            self.preformatted(text);
            return;
        }
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            if first.is_ascii_whitespace() {
                if first == '\n' {
                    self.gap.newline()
                } else {
                    self.gap.space()
                }
                rest = &rest[1..];
                continue;
            }
            let end = rest
                .find(|c: char| c.is_ascii_whitespace())
                .unwrap_or(rest.len());
            self.word(&rest[..end]);
            rest = &rest[end..];
        }
    }

    fn preformatted(&mut self, text: &str) {
        // As in every browser, a newline right after the start tag is not shown.
        let is_first = !self.top().is_filled && self.out.ends_with('>');
        let text = if is_first {
            text.strip_prefix('\n').unwrap_or(text)
        } else {
            text
        };
        if !text.trim().is_empty() {
            self.top().is_filled = true;
        }
        push_escaped(&mut self.out, text);
    }

    pub fn word(&mut self, word: &str) {
        // No-break spaces are how the visual editor writes an empty line.
        let is_first = !self.top().is_filled || self.gap.has_line_end();
        let word = if is_first {
            word.trim_start_matches('\u{A0}')
        } else {
            word
        };
        if word.is_empty() {
            return;
        }
        self.ready(true);
        if self.is_in_code() {
            if word.contains('|') {
                self.make_table_complex();
            }
            push_escaped(&mut self.out, word);
        } else if self.has_style(|style| matches!(style, Style::Link(_))) {
            marks::push_guarded(&mut self.out, word);
        } else {
            self.linkable(word);
        }
        self.top().is_filled = true;
    }

    /// A word of plain text; an address in it becomes a link, as WordPress makes it when it shows
    /// a comment.
    fn linkable(&mut self, word: &str) {
        let Some(range) = urls::find(word) else {
            marks::push_guarded(&mut self.out, word);
            return;
        };
        marks::push_guarded(&mut self.out, &word[..range.start]);
        self.out.push(marks::open(Format::Address));
        marks::push_guarded(&mut self.out, &word[range.clone()]);
        self.out.push(marks::close(Format::Address));
        marks::push_guarded(&mut self.out, &word[range.end..]);
    }

    /// A link of its own, outside any other.
    pub fn link_to(&mut self, address: &str, text: &str) {
        let is_in_link = self.has_style(|style| matches!(style, Style::Link(_)));
        if !is_in_link && text != address {
            self.begin(Style::Link(address.to_owned()));
        }
        self.text(text);
        if !is_in_link {
            self.end(|style| matches!(style, Style::Link(_)));
        }
    }

    /// An image with a safe address.
    pub fn image(&mut self, address: &str, alt: &str) {
        self.ready(false);
        self.out.push_str("<img src=\"");
        raw::push_attribute(&mut self.out, address);
        self.out.push_str("\" alt=\"");
        let mut guarded = String::with_capacity(alt.len());
        let words: Vec<&str> = alt.split_whitespace().collect();
        marks::push_guarded(&mut guarded, &words.join(" "));
        raw::push_attribute(&mut self.out, &guarded);
        self.out.push_str("\">");
        self.top().is_filled = true;
        if let Some(figure) = self.figure() {
            figure.has_image = true;
        }
    }

    /// Opens what a word needs around it, and writes the white space and formatting before it.
    fn ready(&mut self, is_text: bool) {
        let is_caption = is_text
            && self
                .figure()
                .is_some_and(|figure| figure.is_shortcode && figure.has_image);
        loop {
            let is_filled = self.top().is_filled;
            match self.kind() {
                Kind::Paragraph { .. } if is_caption || is_filled && self.gap.ends_paragraph() => {
                    self.close();
                }
                Kind::Figure(_) if is_caption => self.open_caption(),
                Kind::Root | Kind::Quote | Kind::Figure(_) => {
                    self.open(Kind::Paragraph { is_bare: false });
                }
                Kind::Item => self.open(Kind::Paragraph {
                    is_bare: !is_filled,
                }),
                Kind::List { .. } => self.open(Kind::Item),
                Kind::Table | Kind::Section(_) => self.open(Kind::Row),
                Kind::Row => self.open(Kind::Cell { is_header: false }),
                _ => break,
            }
        }
        self.format();
    }

    pub fn open_caption(&mut self) {
        if let Some(figure) = self.figure() {
            figure.has_caption = true;
        }
        self.open(Kind::Caption);
    }

    fn format(&mut self) {
        if self.is_in_code() && self.out.len() - self.code_start > MAX_CODE {
            self.close_inlines(0);
        }
        let wanted: Vec<Inline> = self
            .wanted
            .iter()
            .filter(|one| !one.is_silent)
            .cloned()
            .collect();
        let same = self
            .opened
            .iter()
            .zip(&wanted)
            .take_while(|(a, b)| a == b)
            .count();
        self.close_inlines(same);
        let gap = std::mem::take(&mut self.gap);
        if self.top().is_filled && gap.is_some {
            let breaks = match self.kind() {
                Kind::Heading(_) => false,
                Kind::Paragraph { .. } => {
                    gap.breaks > 0 || (gap.newlines > 0 && self.line_breaks && !self.is_in_code())
                }
                _ => gap.ends_paragraph() || gap.breaks > 0,
            };
            if breaks {
                self.make_table_complex();
            }
            self.out.push_str(if breaks { "<br>" } else { " " });
        }
        for inline in &wanted[same..] {
            match &inline.style {
                Style::Format(format) => self.out.push(marks::open(*format)),
                Style::Code => {
                    self.out.push_str("<code>");
                    self.code_start = self.out.len();
                }
                Style::Link(address) => {
                    self.out.push_str("<a href=\"");
                    raw::push_attribute(&mut self.out, address);
                    self.out.push_str("\">");
                }
            }
        }
        self.opened = wanted;
    }

    /// Closes all formatting in the output but the outermost `kept`.
    pub fn close_inlines(&mut self, kept: usize) {
        while self.opened.len() > kept {
            match self.opened.pop().map(|inline| inline.style) {
                Some(Style::Format(format)) => self.out.push(marks::close(format)),
                Some(Style::Code) => self.out.push_str("</code>"),
                Some(Style::Link(_)) => self.out.push_str("</a>"),
                None => {}
            }
        }
    }

    pub fn begin(&mut self, style: Style) {
        if self.wanted.len() == MAX_FORMATS || self.is_in_code() {
            return;
        }
        let in_heading = matches!(self.kind(), Kind::Heading(_));
        let is_silent = self.has_style(|other| *other == style)
            || (in_heading && style == Style::Format(Format::Strong));
        self.wanted.push(Inline { style, is_silent });
    }

    pub fn end(&mut self, is_it: impl Fn(&Style) -> bool) {
        if let Some(index) = self.wanted.iter().rposition(|inline| is_it(&inline.style)) {
            self.wanted.remove(index);
        }
    }

    pub fn begin_link(&mut self, tag: &Tag) {
        self.end(|style| matches!(style, Style::Link(_)));
        if let Some(address) = tag.attribute("href").and_then(urls::link) {
            self.begin(Style::Link(address));
        }
    }

    pub fn is_in_code(&self) -> bool {
        self.has_style(|style| *style == Style::Code)
    }

    fn has_style(&self, is_it: impl Fn(&Style) -> bool) -> bool {
        self.wanted.iter().any(|inline| is_it(&inline.style))
    }
}

fn push_escaped(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            other => out.push(other),
        }
    }
}
