//! Texts with everything taken away by which the same word is written in different ways.
//!
//! A text becomes words, one after the other. Where it can be read in more than one way (`c@sino` is one word or two,
//! `s p a m` is one or four), each way is a [`Reading`] of the same stretch. What a word is stands in a decision in
//! `docs/decisions`.

mod letters;

use super::terms::{Term, fits};
use crate::text::is_invisible;
use letters::{Within, each, is_accent, is_latin, is_letter, is_word, joins, parts, stands_alone};
use unicode_normalization::char::decompose_compatible;

pub(super) use letters::ONE;

/// The characters of an id.
pub(super) const ID_LENGTH: usize = 36;

/// A text as words. Made once a text, in time linear in its length.
#[derive(Debug)]
pub struct Folded<'a> {
    text: &'a str,
    /// Where each word stands in the text, in bytes.
    words: Vec<(usize, usize)>,
    /// Ordered by the word that they begin with.
    readings: Vec<Reading>,
    /// All that is read, one after the other.
    letters: String,
}

/// One way to read some words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    /// The first word.
    pub from: usize,
    /// The first word after it.
    pub to: usize,
    letters: (usize, usize),
}

impl<'a> Folded<'a> {
    /// What a term matches first, as the text has it.
    #[must_use]
    pub fn find(&self, term: &Term) -> Option<&'a str> {
        let first = term.words().first()?;
        let open = term.is_open() && term.words().len() == 1;
        let begins = |reading: &&Reading| fits(self.letters_of(reading), first, open);
        let mut found = self.readings.iter().filter(begins);
        found.find_map(|reading| self.said(reading.from, self.follow(term, 1, reading.to)?))
    }

    /// The words of a term from the `nth` on, from a word on: where they end.
    fn follow(&self, term: &Term, nth: usize, from: usize) -> Option<usize> {
        let Some(word) = term.words().get(nth) else {
            return Some(from);
        };
        let open = term.is_open() && nth + 1 == term.words().len();
        let mut next = self.readings_at(from).filter(|reading| fits(self.letters_of(reading), word, open));
        next.find_map(|reading| self.follow(term, nth + 1, reading.to))
    }

    /// All ways to read on from a word.
    pub(super) fn readings_at(&self, from: usize) -> impl Iterator<Item = &Reading> {
        let start = self.readings.partition_point(|reading| reading.from < from);
        self.readings.get(start..).unwrap_or_default().iter().take_while(move |reading| reading.from == from)
    }

    /// How many words there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The letters of a reading: small, at most three equal ones in a row.
    pub(super) fn letters_of(&self, reading: &Reading) -> &str {
        self.letters.get(reading.letters.0..reading.letters.1).unwrap_or_default()
    }

    /// Words as the text has them.
    pub(super) fn said(&self, from: usize, to: usize) -> Option<&'a str> {
        let (start, _) = self.words.get(from)?;
        let (_, end) = self.words.get(to.checked_sub(1)?)?;
        self.text.get(*start..*end)
    }
}

/// Folds a text.
#[must_use]
pub fn fold(text: &str) -> Folded<'_> {
    folded(text, true)
}

/// Folds a text; letters that stand alone are joined if they are `spelled` out.
pub(super) fn folded(text: &str, spelled: bool) -> Folded<'_> {
    let mut folding = Folding {
        folded: Folded { text, words: Vec::new(), readings: Vec::new(), letters: String::with_capacity(text.len()) },
        token: Vec::new(),
        gap: Gap::Wide,
        run: Vec::new(),
        run_from: 0,
        spelled,
    };
    let mut after_id = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if folding.token.is_empty() && at >= after_id && begins_with_id(text.get(at..).unwrap_or_default().chars()) {
            after_id = at + ID_LENGTH;
        }
        if at < after_id {
            folding.part(c);
        } else if c.is_ascii() || is_hangul(c) || parts(c) {
            folding.take(Piece { c, at, end });
        } else {
            decompose_compatible(c, |c| folding.take(Piece { c, at, end }));
        }
    }
    folding.end_token();
    folding.end_run();
    // Ways to read a stretch are found at its end: after those of its words.
    folding.folded.readings.sort_by_key(|reading| reading.from);
    folding.folded
}

/// Whether an id begins here: a UUID as it is written (RFC 9562, section 4). Its digits stand for no letters.
pub(super) fn begins_with_id(mut text: impl Iterator<Item = char>) -> bool {
    let is_id = (0..ID_LENGTH).all(|nth| {
        let hyphen = matches!(nth, 8 | 13 | 18 | 23);
        text.next().is_some_and(|c| if hyphen { c == '-' } else { c.is_ascii_hexdigit() })
    });
    is_id && !text.next().is_some_and(char::is_alphanumeric)
}

/// Syllables of Hangul are words' parts as they are; taken to pieces, one would begin another.
fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}')
}

/// A character, and where what it was made of stands.
#[derive(Debug, Clone, Copy)]
struct Piece {
    c: char,
    at: usize,
    end: usize,
}

impl Piece {
    const fn is_symbol(&self) -> bool {
        matches!(self.c, '@' | '$')
    }
}

/// What stands between the last word and the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    One(char),
    Wide,
}

struct Folding<'a> {
    folded: Folded<'a>,
    /// The characters since the last gap.
    token: Vec<Piece>,
    gap: Gap,
    /// Letters that stand alone with one character between them.
    run: Vec<Piece>,
    /// The word that the first of them is.
    run_from: usize,
    spelled: bool,
}

impl Folding<'_> {
    fn take(&mut self, piece: Piece) {
        let c = piece.c;
        let alone = stands_alone(c);
        if parts(c) {
            self.part(c);
        } else if is_accent(c) || (!c.is_ascii() && is_invisible(c)) || is_selector(c) {
            // Seen by nobody, or read past.
        } else if alone || self.token.last().is_some_and(|last| stands_alone(last.c) && c.is_alphanumeric()) {
            self.end_token();
            self.token.push(piece);
        } else if is_word(c) || piece.is_symbol() {
            self.token.push(piece);
        } else {
            self.part(c);
        }
    }

    fn part(&mut self, c: char) {
        self.end_token();
        self.gap = if self.gap == Gap::None { Gap::One(c) } else { Gap::Wide };
    }

    /// What stands between two gaps: a word, or several with symbols between them that may be letters of one.
    fn end_token(&mut self) {
        let token = std::mem::take(&mut self.token);
        if !token.iter().any(|piece| !piece.is_symbol()) {
            if !token.is_empty() {
                self.gap = Gap::Wide;
            }
            return self.keep(token);
        }
        self.spell(&token);
        let from = self.folded.words.len();
        for word in token.split(Piece::is_symbol).filter(|word| !word.is_empty()) {
            let at = self.folded.words.len();
            if let (Some(first), Some(last)) = (word.first(), word.last()) {
                self.folded.words.push((first.at, last.end));
            }
            self.read(word, at, at + 1);
        }
        if token.iter().any(Piece::is_symbol) && token.iter().any(|piece| is_letter(piece.c)) {
            self.read(&token, from, self.folded.words.len());
        }
        self.gap = Gap::None;
        self.keep(token);
    }

    /// Gives the room of a token to the next.
    fn keep(&mut self, mut token: Vec<Piece>) {
        token.clear();
        self.token = token;
    }

    /// Adds a letter that stands alone to those before it, or ends them.
    fn spell(&mut self, token: &[Piece]) {
        let alone = match token {
            [piece] if self.spelled && !stands_alone(piece.c) => Some(*piece),
            _ => None,
        };
        let near = matches!(self.gap, Gap::One(c) if joins(c));
        if alone.is_none() || !near {
            self.end_run();
        }
        // The letter behind an apostrophe belongs to the word before.
        let Some(piece) = alone.filter(|_| !matches!(self.gap, Gap::One('\'' | '\u{2019}'))) else {
            return;
        };
        if self.run.is_empty() {
            self.run_from = self.folded.words.len();
        }
        self.run.push(piece);
    }

    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        let (from, to) = (self.run_from, self.run_from + run.len());
        if run.len() > 1 && run.iter().any(|piece| is_letter(piece.c)) {
            self.read(&run, from, to);
            // "a l o s e r": the first may be a word of its own, if enough is left to be another.
            if let [first, rest @ ..] = run.as_slice()
                && rest.len() > 2
                && is_short_word(first.c)
            {
                self.read(rest, from + 1, to);
            }
        }
        self.run = run;
        self.run.clear();
    }

    /// Adds a way to read the words `from..to`.
    fn read(&mut self, pieces: &[Piece], from: usize, to: usize) {
        let within = Within {
            letters: pieces.iter().any(|piece| is_letter(piece.c)),
            latin: pieces.iter().any(|piece| is_latin(piece.c)),
        };
        let letters = &mut self.folded.letters;
        let start = letters.len();
        let (mut last, mut times) = ('\0', 0);
        for piece in pieces {
            each(piece.c, within, |c| {
                times = if c == last && !c.is_numeric() { times + 1 } else { 1 };
                last = c;
                if times <= 3 {
                    letters.push(c);
                }
            });
        }
        let letters = (start, letters.len());
        self.folded.readings.push(Reading { from, to, letters });
    }
}

/// A variation selector: chooses the shape of the character before it.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{180B}'..='\u{180D}' | '\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// A word of one letter in one of the languages that are written here.
fn is_short_word(c: char) -> bool {
    matches!(c, 'a' | 'A' | 'i' | 'I' | 'e' | 'E' | 'o' | 'O' | 'u' | 'U' | 'y' | 'Y' | 'w' | 'W' | 'z' | 'Z')
        || matches!(c, 'а' | 'А' | 'в' | 'В' | 'и' | 'И' | 'к' | 'К' | 'о' | 'О' | 'с' | 'С' | 'у' | 'У' | 'я' | 'Я')
}
