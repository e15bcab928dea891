//! The last pass: gives the guarded characters back, with a backslash where Markdown would read
//! more into them, and writes emphasis where Markdown will read it as such.

use super::marks::{Format, Mark, mark};
use super::raw;

/// Markdown with marks in it to Markdown. The rules it minds are those of CommonMark 0.31 and of
/// GitHub's tables, strikethrough and autolinks.
pub(super) fn settle(marked: &str) -> String {
    let mut settler = Settler {
        out: String::with_capacity(marked.len()),
        opened: Vec::new(),
        is_bare: true,
        digits: 0,
        in_address: false,
        brackets: 0,
        fixed: 0,
    };
    for line in marked.split_inclusive('\n') {
        settler.line(line);
    }
    settler.out
}

struct Settler {
    out: String,
    /// The emphasis which is open, and where the text in it begins; none if it could not begin.
    opened: Vec<(Format, Option<usize>)>,
    /// Nothing of the line's text was written yet.
    is_bare: bool,
    /// How many digits the line's text consists of so far, if it consists of digits.
    digits: usize,
    in_address: bool,
    /// How many brackets of links and images are open.
    brackets: usize,
    /// Up to here the output is not text only, so nothing may be put into it.
    fixed: usize,
}

impl Settler {
    fn line(&mut self, line: &str) {
        let indent = prefix(line);
        let text = &line[indent..];
        if text.trim_end().is_empty() {
            self.out.push_str(line.trim_end());
            self.out
                .push_str(if line.ends_with('\n') { "\n" } else { "" });
            return;
        }
        self.out.push_str(&line[..indent]);
        self.is_bare = true;
        self.digits = 0;
        let mut characters = text.char_indices();
        while let Some((index, character)) = characters.next() {
            let after = &text[index + character.len_utf8()..];
            match mark(character) {
                None => self.plain(character),
                Some(Mark::Guarded(guarded)) => self.guarded(guarded, after),
                Some(Mark::Open(format)) => self.open(format, after),
                Some(Mark::Close(format)) => self.close(format, after),
            }
        }
    }

    fn plain(&mut self, character: char) {
        self.out.push(character);
        if self.is_bare && character.is_ascii_digit() {
            self.digits += 1;
        } else {
            self.digits = 0;
        }
        self.is_bare &= self.digits > 0;
        match character {
            '[' => self.brackets += 1,
            ']' => self.brackets = self.brackets.saturating_sub(1),
            '`' | '(' | ')' | '<' | '>' => {}
            _ => return,
        }
        self.fixed = self.out.len();
    }

    fn guarded(&mut self, character: char, after: &str) {
        if !self.in_address && self.means_something(character, after) {
            self.out.push('\\');
        }
        self.out.push(character);
        self.is_bare = false;
        self.digits = 0;
    }

    fn means_something(&self, character: char, after: &str) -> bool {
        let before = self.out.chars().next_back().unwrap_or('\n');
        let next = visible(after);
        let starts = self.is_bare && self.digits == 0;
        let stands_alone = before.is_whitespace() && next.is_whitespace();
        match character {
            '`' | '|' => true,
            // With none at the beginning of a line, nothing is defined that a bracket could name.
            '[' => starts || self.brackets > 0,
            ']' => matches!(next, '(' | '[' | ':') || self.brackets > 0,
            '\\' => next.is_ascii_punctuation() || next == '\n',
            '*' | '~' => starts || !stands_alone,
            '_' => {
                starts || !(stands_alone || (before.is_alphanumeric() && next.is_alphanumeric()))
            }
            '#' => {
                (starts || before.is_whitespace() || before == '#')
                    && (next.is_whitespace() || next == '#')
            }
            '+' => starts && next.is_whitespace(),
            '-' => starts && (next.is_whitespace() || next == '-'),
            '=' | '>' => starts,
            '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
            '&' => is_reference(after),
            '!' => after.starts_with('['),
            '.' | ')' => self.is_bare && (1..=9).contains(&self.digits) && next.is_whitespace(),
            _ => false,
        }
    }

    fn open(&mut self, format: Format, after: &str) {
        let before = self.out.chars().next_back().unwrap_or('\n');
        let is_nested = self
            .opened
            .iter()
            .any(|(open, begin)| *open == format && begin.is_some());
        let begins = match format {
            Format::Address => {
                self.in_address = true;
                self.out.push('<');
                true
            }
            Format::Subscript | Format::Superscript => {
                self.out.push_str(raw::tags(format).0);
                true
            }
            // "Left-flanking", read strictly: what one may take for punctuation and another not
            // counts as whichever is worse.
            _ => !is_nested && (visible(after).is_alphanumeric() || parts_words(before)),
        };
        if begins {
            self.out.push_str(delimiter(format));
        }
        self.opened.push((format, begins.then_some(self.out.len())));
        self.is_bare &= !begins;
    }

    fn close(&mut self, format: Format, after: &str) {
        let Some(index) = self.opened.iter().rposition(|(open, _)| *open == format) else {
            return;
        };
        let (_, begin) = self.opened.remove(index);
        let Some(begin) = begin else {
            return;
        };
        match format {
            Format::Address => {
                self.in_address = false;
                self.out.push('>');
            }
            Format::Subscript | Format::Superscript => self.out.push_str(raw::tags(format).1),
            _ => self.close_emphasis(delimiter(format), begin, after),
        }
        self.fixed = self.out.len();
    }

    /// Closes emphasis where it is "right-flanking": after punctuation it is not when a letter
    /// follows, as in "**Note:**this", so there the punctuation is left outside.
    fn close_emphasis(&mut self, delimiter: &str, begin: usize, after: &str) {
        let inside = &self.out[begin..];
        let last = inside.chars().next_back().unwrap_or(' ');
        if last.is_alphanumeric() || parts_words(visible(after)) {
            self.out.push_str(delimiter);
            return;
        }
        let word_end = inside
            .char_indices()
            .rev()
            .find(|(_, c)| c.is_alphanumeric());
        let word_end = word_end.map(|(index, character)| begin + index + character.len_utf8());
        match word_end {
            Some(end) if end >= self.fixed => self.out.insert_str(end, delimiter),
            _ => self.out.replace_range(begin - delimiter.len()..begin, ""),
        }
    }
}

fn delimiter(format: Format) -> &'static str {
    match format {
        Format::Strong => "**",
        Format::Emphasis => "*",
        Format::Deletion => "~~",
        Format::Subscript | Format::Superscript | Format::Address => "",
    }
}

/// The length of what opens blocks at the beginning of a line: quote marks, list markers, heading
/// marks. All of it was written by us; a text's own would be guarded.
fn prefix(line: &str) -> usize {
    let mut rest = line;
    loop {
        let inner = rest.trim_start_matches([' ', '>', '#']);
        let inner = inner.strip_prefix("- ").unwrap_or(inner);
        let number = inner.trim_start_matches(|c: char| c.is_ascii_digit());
        let inner = match number.strip_prefix(". ") {
            Some(item) if number.len() < inner.len() => item,
            _ => inner,
        };
        if inner.len() == rest.len() {
            return line.len() - rest.len();
        }
        rest = inner;
    }
}

/// The next character that will be seen, a newline at the end.
fn visible(after: &str) -> char {
    let seen = after.chars().find_map(|character| match mark(character) {
        None => Some(character),
        Some(Mark::Guarded(guarded)) => Some(guarded),
        Some(Mark::Open(Format::Address)) => Some('<'),
        Some(_) => None,
    });
    seen.unwrap_or('\n')
}

/// Beside this emphasis can begin or end whatever stands on its other side.
fn parts_words(character: char) -> bool {
    character.is_whitespace() || character.is_ascii_punctuation()
}

/// `&` begins a reference here: letters or digits up to a semicolon.
fn is_reference(after: &str) -> bool {
    let name = after
        .strip_prefix(|c: char| mark(c) == Some(Mark::Guarded('#')))
        .unwrap_or(after);
    let length = name
        .bytes()
        .take(33)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    length > 0 && name[length..].starts_with(';')
}
