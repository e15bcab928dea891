//! Words and what formats them. Blanks and formatting are written only when a word comes that
//! needs them, so none of them ever stands at an edge, where Markdown would read it differently.

use super::blocks::{Builder, Kind};
use super::cut::{cut, cut_where};
use super::marks::{self, Format};
use super::raw;
use super::tags::Tag;
use super::urls;

/// Formatting in formatting; more is not shown.
const MAX_FORMATS: usize = 12;

/// Longer runs of code are cut in two, since finding backticks that do not occur in one takes time.
const MAX_CODE: usize = 4096;

const BREAK: &str = "<br>";

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
                match first {
                    '\n' => self.gap.newline(),
                    _ => self.gap.space(),
                }
                rest = cut(rest, 1).1;
                continue;
            }
            let (words, behind) = cut_where(rest, |c| c.is_ascii_whitespace());
            self.words(words);
            rest = behind;
        }
    }

    /// Text without white space but such as does not break. That is kept only between words: at an
    /// edge it is how the visual editor writes an empty line, and emphasis cannot begin there.
    fn words(&mut self, text: &str) {
        let word = text.trim();
        if !text.starts_with(word) || word.is_empty() {
            self.gap.space();
        }
        if !word.is_empty() {
            self.word(word);
            if !text.ends_with(word) {
                self.gap.space();
            }
        }
    }

    fn preformatted(&mut self, text: &str) {
        // As in every browser, a newline right after the start tag is not shown.
        let is_first = !self.top().is_filled && self.out.ends_with('>');
        let text = if is_first { text.strip_prefix('\n').unwrap_or(text) } else { text };
        if !text.trim().is_empty() {
            self.top().is_filled = true;
        }
        push_escaped(&mut self.out, text);
    }

    fn word(&mut self, word: &str) {
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
        let mut rest = word;
        while let Some((before, address, behind)) = urls::find(rest) {
            marks::push_guarded(&mut self.out, before);
            if address.starts_with("www.") {
                self.out.push_str("<a href=\"http://");
                raw::push_attribute(&mut self.out, address);
                self.out.push_str("\">");
                marks::push_guarded(&mut self.out, address);
                self.out.push_str("</a>");
            } else {
                self.out.push(marks::open(Format::Address));
                marks::push_guarded(&mut self.out, address);
                self.out.push(marks::close(Format::Address));
            }
            rest = behind;
        }
        marks::push_guarded(&mut self.out, rest);
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
        self.end(|style| *style == Style::Code);
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
        let is_caption = is_text && self.figure().is_some_and(|figure| figure.is_shortcode && figure.has_image);
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
                Kind::Item => self.open(Kind::Paragraph { is_bare: !is_filled }),
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
        let separator = self.separator();
        let wanted: Vec<Inline> = self.wanted.iter().filter(|one| !one.is_silent).cloned().collect();
        let mut same = self.opened.iter().zip(&wanted).take_while(|(a, b)| a == b).count();
        let is_long = self.is_in_code() && self.out.len() - self.code_start > MAX_CODE;
        if is_long || separator == BREAK {
            let code = self.opened.iter().position(|inline| inline.style == Style::Code);
            same = same.min(code.unwrap_or(same));
        }
        self.close_inlines(same);
        self.out.push_str(separator);
        for inline in wanted.iter().skip(same) {
            match &inline.style {
                Style::Format(format) => self.out.push(marks::open(*format)),
                Style::Code => {
                    self.out.push(marks::open(Format::Code));
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

    /// What the white space since the last word becomes. None is needed before the first.
    fn separator(&mut self) -> &'static str {
        let gap = std::mem::take(&mut self.gap);
        if !self.top().is_filled || !gap.is_some {
            return "";
        }
        let breaks_at_newline = (self.line_breaks || self.in_verse) && !self.is_in_code();
        let is_break = match self.kind() {
            Kind::Heading(_) => false,
            Kind::Paragraph { .. } => gap.breaks > 0 || (gap.newlines > 0 && breaks_at_newline),
            _ => gap.ends_paragraph() || gap.breaks > 0,
        };
        if !is_break {
            return " ";
        }
        self.make_table_complex();
        BREAK
    }

    /// Closes all formatting in the output but the outermost `kept`.
    pub fn close_inlines(&mut self, kept: usize) {
        while self.opened.len() > kept {
            match self.opened.pop().map(|inline| inline.style) {
                Some(Style::Format(format)) => self.out.push(marks::close(format)),
                Some(Style::Code) => {
                    self.out.push_str("</code>");
                    self.out.push(marks::close(Format::Code));
                }
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
        let is_silent =
            self.has_style(|other| *other == style) || (in_heading && style == Style::Format(Format::Strong));
        self.wanted.push(Inline { style, is_silent });
    }

    pub fn end(&mut self, is_it: impl Fn(&Style) -> bool) {
        let Some(index) = self.wanted.iter().rposition(|inline| is_it(&inline.style)) else {
            return;
        };
        self.wanted.remove(index);
        // Code in it ends too, or it would be cut in two pieces which Markdown reads as one.
        if let Some(code) = self.wanted.iter().position(|inline| inline.style == Style::Code).filter(|at| *at >= index)
        {
            self.wanted.truncate(code);
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
