//! A text as phrases are looked for in it: its words in every way in which they can be read.

use super::super::{fold::Folded, terms::fits};

/// One way to read some words.
#[derive(Debug)]
pub struct Said {
    /// The first word after it.
    pub to: usize,
    letters: String,
    /// What is the same for all that [`Word::fits`].
    pub key: String,
}

impl Said {
    /// As it is written, folded.
    pub fn letters(&self) -> &str {
        &self.letters
    }

    /// Whether it is a number.
    pub fn is_number(&self) -> bool {
        self.letters.chars().all(char::is_numeric)
    }
}

/// The ways to read on from each word.
#[derive(Debug)]
pub struct Reading(Vec<Vec<Said>>);

impl Reading {
    /// Reads a folded text. What stands on both sides of an apostrophe may also be one word: `don't` is written `dont`, too.
    pub fn of(folded: &Folded<'_>) -> Self {
        let said = |from: usize| {
            let ways = folded.readings_at(from).map(|one| (one.to, folded.letters_of(one).to_owned()));
            let mut ways: Vec<(usize, String)> = ways.collect();
            if is_elided(folded, from) {
                let alone = |at: usize| folded.readings_at(at).find(move |one| one.to == at + 1);
                if let (Some(one), Some(other)) = (alone(from), alone(from + 1)) {
                    ways.push((from + 2, [folded.letters_of(one), folded.letters_of(other)].concat()));
                }
            }
            ways.into_iter().map(|(to, letters)| Said { to, key: key(letters.chars()), letters }).collect()
        };
        Self((0..folded.len()).map(said).collect())
    }

    /// All words, each with the ways to read on from it.
    pub fn words(&self) -> impl Iterator<Item = (usize, &[Said])> {
        self.0.iter().map(Vec::as_slice).enumerate()
    }

    /// The ways to read on from a word.
    pub fn at(&self, word: usize) -> &[Said] {
        self.0.get(word).map_or(&[], Vec::as_slice)
    }
}

/// Whether nothing but an apostrophe stands between a word and the next.
fn is_elided(folded: &Folded<'_>, word: usize) -> bool {
    let between = || {
        let (one, other) = (folded.said(word, word + 1)?, folded.said(word + 1, word + 2)?);
        folded.said(word, word + 2)?.strip_prefix(one)?.strip_suffix(other)
    };
    matches!(between(), Some("'" | "\u{2019}" | "\u{2bc}" | "`" | "\u{b4}"))
}

/// A word that is looked for, folded as texts are.
#[derive(Debug, Clone)]
pub struct Word {
    pub letters: Vec<char>,
    /// Whether it may go on.
    pub open: bool,
    pub key: String,
}

impl Word {
    pub fn new(letters: &[char], open: bool) -> Self {
        Self { letters: letters.to_vec(), open, key: key(letters.iter().copied()) }
    }

    /// Whether this is what was said.
    pub fn fits(&self, said: &Said) -> bool {
        let alike = if self.open { said.key.starts_with(&self.key) } else { said.key == self.key };
        alike && fits(&said.letters, &self.letters, self.open)
    }
}

/// Letters without what can be written in more than one way: how often each stands there, and `i`, `l` and `1` apart.
fn key(letters: impl Iterator<Item = char>) -> String {
    let mut key = String::new();
    for letter in letters {
        let letter = if matches!(letter, 'i' | '|') { 'l' } else { letter };
        if !key.ends_with(letter) {
            key.push(letter);
        }
    }
    key
}
