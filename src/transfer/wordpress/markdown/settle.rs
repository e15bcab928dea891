//! The last pass: gives the guarded characters back, with a backslash where Markdown would read
//! more into them, and writes emphasis where Markdown will read it as such.

use super::cut::cut;
use super::emphasis::{Opened, Tail};
use super::marks::{Mark, is_mark, mark};

/// Markdown with marks in it to Markdown. The rules it minds are those of `CommonMark` 0.31 and of
/// GitHub's tables, strikethrough and autolinks.
pub(super) fn settle(marked: &str) -> String {
    let mut settler = Settler {
        out: String::with_capacity(marked.len()),
        opened: Vec::new(),
        tail: Tail::Text,
        closed: Vec::new(),
        is_bare: true,
        digits: 0,
        in_address: false,
        in_code: false,
        fence: 0,
        brackets: 0,
        fixed: 0,
    };
    for line in marked.split_inclusive('\n') {
        settler.line(line);
    }
    settler.out
}

pub(super) struct Settler {
    pub out: String,
    pub opened: Vec<Opened>,
    pub tail: Tail,
    /// What ended at the end of the output, the outermost last.
    pub closed: Vec<Opened>,
    /// Nothing of the line's text was written yet, but perhaps digits.
    pub is_bare: bool,
    /// How many digits the line's text consists of so far, if it consists of digits.
    pub digits: usize,
    pub in_address: bool,
    pub in_code: bool,
    /// The length of the fence around the code block which the line is in; 0 outside.
    fence: usize,
    /// How many brackets of links and images are open.
    brackets: usize,
    /// Up to here the output is not text only, so nothing may be put into it.
    pub fixed: usize,
}

impl Settler {
    fn line(&mut self, line: &str) {
        let (indent, text) = cut(line, prefix(line));
        let ticks = text.bytes().take_while(|byte| *byte == b'`').count();
        let is_fence = ticks >= 3 && !cut(text, ticks).1.contains('`');
        if self.fence > 0 || is_fence {
            let is_end = self.fence == ticks && text.trim_end().len() == ticks;
            self.fence = match self.fence {
                0 => ticks,
                _ if is_end => 0,
                fence => fence,
            };
            self.out.push_str(line);
            return;
        }
        if text.trim_end().is_empty() {
            self.out.push_str(line.trim_end());
            self.out.push_str(if line.ends_with('\n') { "\n" } else { "" });
            return;
        }
        self.out.push_str(indent);
        self.is_bare = true;
        self.digits = 0;
        let mut characters = text.chars();
        while let Some(character) = characters.next() {
            let after = characters.as_str();
            match mark(character) {
                None => self.plain(character, after),
                Some(Mark::Guarded(guarded)) => self.guarded(guarded, after),
                Some(Mark::Open(format)) => self.open(format, after),
                Some(Mark::Close(format)) => self.close(format, after),
            }
        }
    }

    fn plain(&mut self, character: char, after: &str) {
        if self.in_code {
            self.out.push(character);
            return;
        }
        // Code may have what makes a link at the beginning of a line a definition of one.
        if character == '[' && self.is_bare && self.digits == 0 && (after.contains("]:") || after.starts_with('^')) {
            self.out.push_str("&#32;");
        }
        self.tail = Tail::Text;
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
        self.tail = Tail::Text;
        self.is_bare = false;
        self.digits = 0;
    }

    fn means_something(&self, character: char, after: &str) -> bool {
        let before = self.out.chars().next_back().unwrap_or('\n');
        // Formatting behind it may be written or not, so either may come next.
        let shown = shown(after).next().unwrap_or('\n');
        let is_formatted = after.chars().next().is_some_and(|first| is_mark(first) && guarded(first).is_none());
        let next = [shown, if is_formatted { '*' } else { shown }];
        let may_follow = |is_it: fn(char) -> bool| next.into_iter().any(is_it);
        let must_follow = |is_it: fn(char) -> bool| next.into_iter().all(is_it);
        let starts = self.is_bare && self.digits == 0;
        let stands_alone = before.is_whitespace() && must_follow(char::is_whitespace);
        match character {
            '`' | '|' | '~' => true,
            // With none at the beginning of a line, nothing is defined that a bracket could name.
            '[' => starts || self.brackets > 0,
            ']' => may_follow(|next| matches!(next, '(' | '[' | ':')) || self.brackets > 0,
            '\\' => may_follow(|next| next.is_ascii_punctuation() || next == '\n'),
            '*' => starts || !stands_alone,
            '_' => starts || !(stands_alone || before.is_alphanumeric() && must_follow(char::is_alphanumeric)),
            '#' => (starts || !before.is_alphanumeric()) && may_follow(|next| next.is_whitespace() || next == '#'),
            '+' => starts && may_follow(char::is_whitespace),
            '-' => starts && may_follow(|next| next.is_whitespace() || matches!(next, '-' | ':')),
            // `:-:` makes a table of the line before.
            ':' => starts && may_follow(|next| next == '-'),
            '=' | '>' => starts,
            '<' => must_follow(|next| !next.is_whitespace()),
            '&' => is_reference(after),
            '!' => may_follow(|next| next == '['),
            '.' | ')' => self.is_bare && (1..=9).contains(&self.digits) && may_follow(char::is_whitespace),
            _ => false,
        }
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

/// The characters which are shown, without formatting.
fn shown(after: &str) -> impl Iterator<Item = char> {
    after.chars().filter_map(|character| if is_mark(character) { guarded(character) } else { Some(character) })
}

fn guarded(character: char) -> Option<char> {
    match mark(character) {
        Some(Mark::Guarded(guarded)) => Some(guarded),
        _ => None,
    }
}

/// `&` begins a reference here: letters or digits up to a semicolon.
fn is_reference(after: &str) -> bool {
    let mut name = shown(after).take(33).skip_while(|character| *character == '#').peekable();
    let has_name = name.peek().is_some_and(char::is_ascii_alphanumeric);
    has_name && name.find(|character| !character.is_ascii_alphanumeric()) == Some(';')
}
