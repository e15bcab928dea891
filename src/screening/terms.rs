//! What is looked for in folded texts: words and phrases, one or thousands at a time.

use super::fold::{Folded, ONE, Reading, folded};
use std::collections::HashMap;

/// Words that are looked for one after the other. Whatever stands between them in a text but other words is ignored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Their letters, folded as texts are.
    words: Vec<Vec<char>>,
    /// Whether the last may go on.
    open: bool,
}

impl Term {
    /// Reads `word`, `begin*` or `several words`, in which the star applies to the last. None if there is no word in it.
    #[must_use]
    pub fn new(written: &str) -> Option<Self> {
        let written = written.trim();
        let open = written.ends_with('*');
        // A term that is written letter by letter means just that: "u.s." is not "us".
        let folded = folded(written.trim_end_matches('*'), false);
        let (mut words, mut at) = (Vec::new(), 0);
        while let Some(reading) = folded.readings_at(at).max_by_key(|reading| reading.to) {
            words.push(folded.letters_of(reading).chars().collect());
            at = reading.to;
        }
        (!words.is_empty()).then_some(Self { words, open })
    }

    /// Its words.
    pub(super) fn words(&self) -> &[Vec<char>] {
        &self.words
    }

    /// Whether its last word may go on.
    pub(super) const fn is_open(&self) -> bool {
        self.open
    }

    /// Whether a way to read a text says this.
    fn is(&self, folded: &Folded<'_>, path: &[&Reading]) -> bool {
        let last = self.words.len().saturating_sub(1);
        path.len() == self.words.len()
            && self
                .words
                .iter()
                .zip(path)
                .enumerate()
                .all(|(nth, (word, reading))| fits(folded.letters_of(reading), word, self.open && nth == last))
    }
}

/// Whether a word of a text is a word of a term, or begins with it where that is `open`: letters that stand there three
/// times are meant once or twice, and a `1` is an `i` or an `l`.
pub(super) fn fits(said: &str, word: &[char], open: bool) -> bool {
    let mut letters = said.chars().peekable();
    // Ends within the word so far that what was read can have.
    let mut ends = vec![0];
    while let Some(letter) = letters.next() {
        let mut times = 1;
        while !letter.is_numeric() && letters.next_if_eq(&letter).is_some() {
            times += 1;
        }
        let at_least = if times > 2 { 1 } else { times };
        let mut next = Vec::new();
        for end in &ends {
            let rest = word.get(*end..).unwrap_or_default();
            let equal = rest.iter().take_while(|c| is_same(letter, **c)).count().min(times);
            if open && equal == rest.len() {
                return true;
            }
            next.extend((at_least..=equal).map(|more| end + more));
        }
        next.sort_unstable();
        next.dedup();
        if next.is_empty() {
            return false;
        }
        ends = next;
    }
    ends.contains(&word.len())
}

fn is_same(said: char, meant: char) -> bool {
    said == meant || (said == ONE && class(meant) == 'l') || (meant == ONE && class(said) == 'l')
}

/// Letters that can stand for the same are one while terms are looked up.
const fn class(c: char) -> char {
    match c {
        'i' | ONE => 'l',
        c => c,
    }
}

/// Many terms, looked for at once: what it takes grows with the text, not with their number. Each belongs to an `Of`.
#[derive(Debug)]
pub struct Terms<Of> {
    terms: Vec<(Term, Of)>,
    /// By a sum over their letters, one of equal ones, with a blank between words.
    nodes: HashMap<u64, Node>,
}

/// What is known of texts that begin with certain letters.
#[derive(Debug, Default)]
struct Node {
    /// Terms that end here.
    closed: Vec<usize>,
    /// Terms that may end or go on here.
    open: Vec<usize>,
    /// Whether some have another word.
    goes_on: bool,
}

impl<Of> Default for Terms<Of> {
    fn default() -> Self {
        Self { terms: Vec::new(), nodes: HashMap::new() }
    }
}

impl<Of> FromIterator<(Term, Of)> for Terms<Of> {
    fn from_iter<I: IntoIterator<Item = (Term, Of)>>(terms: I) -> Self {
        let mut all = Self { terms: terms.into_iter().collect(), ..Self::default() };
        for (at, (term, _)) in all.terms.iter().enumerate() {
            let mut sum = Sum::default();
            for (nth, word) in term.words.iter().enumerate() {
                sum = sum.part();
                for c in word {
                    sum = sum.and(*c);
                }
                if nth + 1 < term.words.len() {
                    all.nodes.entry(sum.0).or_default().goes_on = true;
                }
            }
            let node = all.nodes.entry(sum.0).or_default();
            if term.open { node.open.push(at) } else { node.closed.push(at) }
        }
        all
    }
}

impl<Of> Terms<Of> {
    /// The terms that a text has, in their order, each once with what it matches as the text has it.
    #[must_use]
    pub fn find<'t>(&self, folded: &Folded<'t>) -> Vec<(&Of, &'t str)> {
        if self.terms.is_empty() {
            return Vec::new();
        }
        let mut search = Search { terms: self, folded, found: HashMap::new(), path: Vec::new() };
        for word in 0..folded.len() {
            search.look(word, Sum::default());
        }
        let mut found: Vec<_> = search.found.into_iter().collect();
        found.sort_unstable_by_key(|(at, _)| *at);
        found.into_iter().filter_map(|(at, said)| Some((&self.terms.get(at)?.1, said))).collect()
    }
}

struct Search<'s, 't, Of> {
    terms: &'s Terms<Of>,
    folded: &'s Folded<'t>,
    found: HashMap<usize, &'t str>,
    path: Vec<&'s Reading>,
}

impl<Of> Search<'_, '_, Of> {
    /// Reads on from a word in every way, as long as some term does.
    fn look(&mut self, word: usize, before: Sum) {
        for reading in self.folded.readings_at(word) {
            let mut sum = before.part();
            self.path.push(reading);
            let nodes = &self.terms.nodes;
            for c in self.folded.letters_of(reading).chars() {
                sum = sum.and(c);
                if let Some(node) = nodes.get(&sum.0) {
                    self.note(&node.open);
                }
            }
            if let Some(node) = nodes.get(&sum.0) {
                self.note(&node.closed);
                if node.goes_on {
                    self.look(reading.to, sum);
                }
            }
            self.path.pop();
        }
    }

    /// Notes those of some terms that the path really is.
    fn note(&mut self, candidates: &[usize]) {
        for at in candidates {
            let is = |term: &Term| !self.found.contains_key(at) && term.is(self.folded, &self.path);
            if self.terms.terms.get(*at).is_some_and(|(term, _)| is(term))
                && let (Some(first), Some(last)) = (self.path.first(), self.path.last())
                && let Some(said) = self.folded.said(first.from, last.to)
            {
                self.found.insert(*at, said);
            }
        }
    }
}

/// A sum over letters that can be carried on (FNV-1a, 64 bits). Different letters may have the same.
#[derive(Debug, Clone, Copy)]
struct Sum(u64, char);

impl Default for Sum {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325, '\0')
    }
}

impl Sum {
    fn and(self, c: char) -> Self {
        let c = class(c);
        if c == self.1 { self } else { Self((self.0 ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3), c) }
    }

    fn part(self) -> Self {
        self.and(' ')
    }
}
