//! Emphasis that Markdown reads as such: a delimiter works only beside the right characters
//! (`CommonMark`, "left-flanking" and "right-flanking"). Where it would not, it moves past
//! punctuation, or the words stand without it.

use super::cut::cut;
use super::marks::{Format, Mark, mark};
use super::raw;
use super::settle::Settler;

/// Formatting which is open.
#[derive(Clone, Copy)]
pub(super) struct Opened {
    format: Format,
    /// Where the text in it begins; none if it could not begin.
    begin: Option<usize>,
    /// It is the first thing on its line.
    is_first: bool,
}

/// What stands at the end of the output.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tail {
    Text,
    Opening,
    Closing,
}

impl Settler {
    pub fn open(&mut self, format: Format, after: &str) {
        let is_first = self.is_bare && self.digits == 0;
        let begins = match format {
            Format::Address => {
                self.in_address = true;
                self.out.push('<');
                self.tail = Tail::Text;
                true
            }
            Format::Code => {
                // Two pieces of code, parted only by formatting which was left out, would be one.
                if self.out.ends_with('`') {
                    self.out.push(' ');
                }
                self.in_code = true;
                self.tail = Tail::Text;
                true
            }
            Format::Subscript | Format::Superscript => {
                self.out.push_str(raw::tags(format).0);
                self.tail = Tail::Text;
                true
            }
            _ if self.reopens(format) => return,
            _ => self.open_emphasis(format, after),
        };
        let begin = begins.then_some(self.out.len());
        self.opened.push(Opened { format, begin, is_first });
        self.is_bare &= !begins;
    }

    /// Where the same ended just here, it goes on instead: `*a**b*` would not be two emphases.
    fn reopens(&mut self, format: Format) -> bool {
        if self.tail != Tail::Closing {
            return false;
        }
        let Some(closed) = self.closed.pop_if(|closed| closed.format == format) else {
            return false;
        };
        self.out.truncate(self.out.len() - delimiter(format).len());
        self.opened.push(closed);
        if self.closed.is_empty() {
            self.tail = Tail::Text;
        }
        true
    }

    fn open_emphasis(&mut self, format: Format, after: &str) -> bool {
        let is_open = |open: &Opened| open.format == format && open.begin.is_some();
        let ended = self.closed.last().filter(|_| self.tail == Tail::Closing);
        let joins = ended.is_some_and(|closed| sign(closed.format) == sign(format));
        if joins || self.opened.iter().any(is_open) {
            return false;
        }
        let before = before(&self.out, self.tail, format);
        let next = next(after, format);
        let parts = before.into_iter().all(parts_words);
        let is_word = next.into_iter().all(char::is_alphanumeric);
        // In emphasis of its kind it must not be able to end that.
        let is_inside = self.opened.iter().any(|open| open.begin.is_some() && sign(open.format) == sign(format));
        let begins = if is_inside {
            before.into_iter().all(char::is_whitespace) || (parts && is_word)
        } else {
            parts || is_word
        };
        if begins {
            self.out.push_str(delimiter(format));
            self.tail = Tail::Opening;
        }
        begins
    }

    pub fn close(&mut self, format: Format, after: &str) {
        let Some(index) = self.opened.iter().rposition(|open| open.format == format) else {
            return;
        };
        let opened = self.opened.remove(index);
        let Some(begin) = opened.begin else {
            return;
        };
        match format {
            Format::Address => {
                self.in_address = false;
                self.out.push('>');
                self.tail = Tail::Text;
            }
            Format::Code => self.in_code = false,
            Format::Subscript | Format::Superscript => {
                self.out.push_str(raw::tags(format).1);
                self.tail = Tail::Text;
            }
            _ => self.close_emphasis(opened, begin, after),
        }
        self.fixed = self.out.len();
    }

    /// After punctuation emphasis does not end when a letter follows, as in `**Note:**this`; there
    /// the punctuation is left outside.
    fn close_emphasis(&mut self, opened: Opened, begin: usize, after: &str) {
        let delimiter = delimiter(opened.format);
        let (_, inside) = cut(&self.out, begin);
        let last = before(inside, self.tail, opened.format);
        let ends = last.into_iter().all(char::is_alphanumeric)
            || next(after, opened.format).into_iter().all(parts_words) && !last.into_iter().any(char::is_whitespace);
        if ends {
            self.out.push_str(delimiter);
            if self.tail != Tail::Closing {
                self.closed.clear();
            }
            self.closed.push(opened);
            self.tail = Tail::Closing;
            return;
        }
        let word_end = inside.char_indices().rev().find(|(_, c)| c.is_alphanumeric());
        match word_end.map(|(index, character)| begin + index + character.len_utf8()) {
            Some(end) if end >= self.fixed => {
                self.out.insert_str(end, delimiter);
                self.tail = Tail::Text;
            }
            _ => self.take_back(begin - delimiter.len(), begin, opened.is_first),
        }
    }

    /// Takes a delimiter out again. What stood behind it may now begin its line.
    fn take_back(&mut self, start: usize, end: usize, is_first: bool) {
        let length = self.out.len();
        self.out.replace_range(start..end, "");
        let (before, behind) = cut(&self.out, start);
        if before.ends_with('`') && behind.starts_with('`') {
            self.out.insert(start, ' ');
        }
        let (_, behind) = cut(&self.out, start);
        let number = behind.bytes().take_while(u8::is_ascii_digit).count();
        if is_first && cut(behind, number).1.starts_with(['-', '+', '=', '>', '#', '.', ')', ':']) {
            self.out.insert(start + number, '\\');
        }
        if self.tail != Tail::Closing {
            self.closed.clear();
        }
        // What ended inside lies elsewhere now.
        for begin in self.closed.iter_mut().filter_map(|closed| closed.begin.as_mut()) {
            *begin = *begin + self.out.len() - length;
        }
    }
}

fn delimiter(format: Format) -> &'static str {
    match format {
        Format::Strong => "**",
        Format::Emphasis => "*",
        Format::Deletion => "~~",
        Format::Subscript | Format::Superscript | Format::Address | Format::Code => "",
    }
}

/// What a delimiter is made of; runs of the same join.
fn sign(format: Format) -> char {
    delimiter(format).chars().next().unwrap_or(' ')
}

/// The characters that may count as standing before a delimiter: one before those that join it,
/// and one before strikethrough too, which GitHub's parser looks through.
fn before(out: &str, tail: Tail, format: Format) -> [char; 2] {
    let last = |delimiters: &[char]| {
        let text = match tail {
            Tail::Text => out,
            Tail::Opening | Tail::Closing => out.trim_end_matches(delimiters),
        };
        text.chars().next_back().unwrap_or('\n')
    };
    [last(&[sign(format)]), last(&['*', '~'])]
}

/// The characters that may count as standing behind a delimiter, by the same rule.
fn next(after: &str, format: Format) -> [char; 2] {
    let first = |joins: &dyn Fn(Format) -> bool| {
        let seen = after.chars().find_map(|character| match mark(character) {
            None => Some(character),
            Some(Mark::Guarded(guarded)) => Some(guarded),
            Some(Mark::Open(other) | Mark::Close(other)) if joins(other) => None,
            Some(_) => Some('<'),
        });
        seen.unwrap_or('\n')
    };
    [first(&|other| sign(other) == sign(format)), first(&|other| !delimiter(other).is_empty())]
}

/// Beside this emphasis can begin or end whatever stands on its other side. Read strictly: what
/// one may take for punctuation and another for a symbol does not count.
fn parts_words(character: char) -> bool {
    character.is_whitespace() || character.is_ascii_punctuation()
}
