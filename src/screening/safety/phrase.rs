//! One line of a list: how it is written, and whether a text says it. `docs/MODERATION.md` explains it to those who write
//! lists.

use super::{
    super::terms::Term,
    reading::{Reading, Said, Word},
};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// Words that `...` stands for, at most.
const GAP: u32 = 4;

/// Names that stand for several ways to say something.
pub type Names = BTreeMap<String, Arc<Ways>>;

/// What somebody may say: all its parts, in any order, near each other.
#[derive(Debug)]
pub struct Phrase {
    pub parts: Vec<Part>,
    /// Whether it counts also where an `[unless]` phrase stands near.
    pub always: bool,
}

/// Pieces, one after the other.
#[derive(Debug)]
pub struct Part(Vec<Piece>);

#[derive(Debug, Clone)]
enum Piece {
    One(Word),
    Number,
    Gap,
    Either { ways: Arc<Ways>, optional: bool },
}

/// Ways to say the same.
#[derive(Debug, Default)]
pub struct Ways {
    /// Those that are one whole word, by its key.
    words: HashMap<String, Vec<Word>>,
    others: Vec<Vec<Piece>>,
}

/// What a part can begin with.
pub enum First<'a> {
    Word(&'a Word),
    Number,
}

impl First<'_> {
    fn length(&self) -> usize {
        match self {
            Self::Word(word) => word.letters.len(),
            Self::Number => 0,
        }
    }
}

impl Phrase {
    /// Reads a line; `names` are those that it may use.
    pub fn parse(line: &str, names: &Names) -> Result<Self, String> {
        let (line, always) = line.strip_suffix(" !").map_or((line, false), |line| (line, true));
        let part = |written: &str| {
            let part = Part(Tokens { rest: written, names }.sequence(false)?);
            part.firsts()?;
            Ok(part)
        };
        let parts = line.split(" & ").map(part).collect::<Result<Vec<_>, String>>()?;
        Ok(Self { parts, always })
    }

    /// The words of a line one after the other, whatever signs stand among them.
    pub fn plain(line: &str) -> Option<Self> {
        let pieces = words(line)?;
        Some(Self { parts: vec![Part(pieces)], always: false })
    }
}

/// The words in something that is written without blanks, or plain.
fn words(written: &str) -> Option<Vec<Piece>> {
    let written: String = written.chars().filter(|c| !matches!(c, '\'' | '\u{2019}')).collect();
    let term = Term::new(&written)?;
    let last = term.words().len().saturating_sub(1);
    let word = |(nth, letters): (usize, &Vec<char>)| Piece::One(Word::new(letters, term.is_open() && nth == last));
    Some(term.words().iter().enumerate().map(word).collect())
}

impl Part {
    /// What it can begin with.
    pub fn firsts(&self) -> Result<Vec<First<'_>>, String> {
        let mut firsts = Vec::new();
        if collect(&self.0, &mut firsts)? { Err("matches without any word".into()) } else { Ok(firsts) }
    }

    /// Words without one of which it is not said: for each piece that must be there, those that it may be.
    pub fn needs(&self) -> Vec<Vec<First<'_>>> {
        needs(&self.0)
    }

    /// Where it ends last, when it begins at a word; none when it is not said there. It takes 63 words at most.
    pub fn end(&self, text: &Reading, from: usize) -> Option<usize> {
        let ends = reach(&self.0, text, from, 1);
        (ends != 0).then(|| from + (u64::BITS - 1 - ends.leading_zeros()) as usize)
    }
}

/// For each piece that must be said, words one of which must be.
fn needs(pieces: &[Piece]) -> Vec<Vec<First<'_>>> {
    pieces.iter().filter_map(need).collect()
}

/// Words one of which must be said for a piece to be; none where it may be left out. Of several words one after the other, the
/// longest is likely to be the rarest.
fn need(piece: &Piece) -> Option<Vec<First<'_>>> {
    match piece {
        Piece::Gap | Piece::Either { optional: true, .. } => None,
        Piece::Number => Some(vec![First::Number]),
        Piece::One(word) => Some(vec![First::Word(word)]),
        Piece::Either { ways, optional: false } => {
            let mut words: Vec<First<'_>> = ways.words.values().flatten().map(First::Word).collect();
            for way in &ways.others {
                words.extend(needs(way).into_iter().max_by_key(|words| words.iter().map(First::length).min())?);
            }
            Some(words)
        }
    }
}

/// Collects what a sequence can begin with; whether it can be empty.
fn collect<'a>(pieces: &'a [Piece], firsts: &mut Vec<First<'a>>) -> Result<bool, String> {
    for piece in pieces {
        match piece {
            Piece::Gap => return Err("begins with ...".into()),
            Piece::Number => firsts.push(First::Number),
            Piece::One(word) => firsts.push(First::Word(word)),
            Piece::Either { ways, optional } => {
                firsts.extend(ways.words.values().flatten().map(First::Word));
                let mut empty = *optional;
                for way in &ways.others {
                    empty |= collect(way, firsts)?;
                }
                if empty {
                    continue;
                }
            }
        }
        return Ok(false);
    }
    Ok(true)
}

/// The words at which some pieces can end, out of those at which they can begin: bit `n` is the `n`th word after `from`.
/// So each piece looks at each word once, in however many ways it is reached.
fn reach(pieces: &[Piece], text: &Reading, from: usize, mut at: u64) -> u64 {
    for piece in pieces {
        at = match piece {
            Piece::Gap => (0..=GAP).fold(0, |ends, more| ends | at << more),
            Piece::One(word) => step(text, from, at, |said| word.fits(said)),
            Piece::Number => step(text, from, at, Said::is_number),
            Piece::Either { ways, optional } => {
                let known = |said: &Said| {
                    ways.words.get(&said.key).is_some_and(|words| words.iter().any(|word| word.fits(said)))
                };
                let before = if *optional { at } else { 0 };
                let words = step(text, from, at, known);
                ways.others.iter().fold(before | words, |ends, way| ends | reach(way, text, from, at))
            }
        };
        if at == 0 {
            break;
        }
    }
    at
}

/// One word on, from each word at which what stands there is `right`.
fn step(text: &Reading, from: usize, mut at: u64, right: impl Fn(&Said) -> bool) -> u64 {
    let mut ends = 0;
    while at != 0 {
        let word = from + at.trailing_zeros() as usize;
        let here = text.at(word).iter().filter(|said| said.to - from < 64 && right(said));
        ends |= here.fold(0, |ends, said| ends | 1 << (said.to - from));
        at &= at - 1;
    }
    ends
}

/// What is left of a line to be read.
struct Tokens<'a> {
    rest: &'a str,
    names: &'a Names,
}

impl<'a> Tokens<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest.trim_start();
        let sign = rest.starts_with(['(', ')', '|']);
        let length = if sign { 1 } else { rest.find(['(', ')', '|', ' ']).unwrap_or(rest.len()) };
        let (token, rest) = rest.split_at_checked(length)?;
        self.rest = rest;
        (!token.is_empty()).then_some(token)
    }

    /// Whether `?` stands right behind what was read.
    fn optional(&mut self) -> bool {
        let rest = self.rest.strip_prefix('?');
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Pieces up to the end, or up to what ends a way in a group.
    fn sequence(&mut self, grouped: bool) -> Result<Vec<Piece>, String> {
        let mut pieces = Vec::new();
        loop {
            let before = self.rest;
            match self.next() {
                None if grouped => return Err("a ( is not closed".into()),
                None => return Ok(pieces),
                Some(")" | "|") if grouped => {
                    self.rest = before;
                    return Ok(pieces);
                }
                Some(")" | "|") => return Err("a ) or | stands outside of ( )".into()),
                Some("(") => pieces.push(self.group()?),
                Some("...") => pieces.push(Piece::Gap),
                Some("#") => pieces.push(Piece::Number),
                Some(name) if name.starts_with('<') => pieces.push(self.named(name)?),
                Some(word) => pieces.extend(words(word).ok_or_else(|| format!("{word} is no word"))?),
            }
        }
    }

    fn group(&mut self) -> Result<Piece, String> {
        let mut ways = Ways::default();
        loop {
            ways.add(self.sequence(true)?);
            if self.next() == Some(")") {
                return Ok(Piece::Either { ways: Arc::new(ways), optional: self.optional() });
            }
        }
    }

    fn named(&self, written: &str) -> Result<Piece, String> {
        let (name, optional) = written.strip_suffix('?').map_or((written, false), |name| (name, true));
        let name = name.trim_start_matches('<').trim_end_matches('>');
        let ways = self.names.get(name).ok_or_else(|| format!("there are no words called {name}"))?;
        Ok(Piece::Either { ways: Arc::clone(ways), optional })
    }
}

impl Ways {
    /// Reads what a name stands for: `one|two|three words`.
    pub fn parse(written: &str, names: &Names) -> Result<Self, String> {
        let written = format!("({written})");
        let mut tokens = Tokens { rest: &written, names };
        match tokens.sequence(false)?.pop() {
            Some(Piece::Either { ways, .. }) => Arc::into_inner(ways).ok_or_else(|| "cannot be read".into()),
            _ => Err("cannot be read".into()),
        }
    }

    fn add(&mut self, way: Vec<Piece>) {
        match way.as_slice() {
            [] => {}
            [Piece::One(word)] if !word.open => self.words.entry(word.key.clone()).or_default().push(word.clone()),
            _ => self.others.push(way),
        }
    }
}
