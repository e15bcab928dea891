//! Many phrases, looked for at once.

use super::{
    phrase::{First, Phrase},
    reading::Reading,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How far the parts of a phrase may stand from its first, words.
const NEAR: usize = 30;

/// What a phrase does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Asks for somebody to look. `source` says whose phrase it is.
    Hold { source: usize, priority: i16 },
    /// Says what its words mean: no phrase that shares one of them counts.
    Not,
    /// Tells of what is over: no phrase near it counts, unless it always does.
    Unless,
}

/// Words of a text, from the first to the one after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from: usize,
    pub to: usize,
}

/// Phrases, made ready. Most of them cannot stand in a text, since it lacks a word that they cannot do without: only the others
/// are tried, where they can begin. So it takes a time that grows with the text, and hardly with how many phrases there are.
/// Each part is at most 63 words long.
#[derive(Debug, Default)]
pub struct Phrases {
    all: Vec<(Phrase, Effect)>,
    symbols: Symbols,
    /// What each part can begin with.
    firsts: HashMap<Place, BTreeSet<usize>>,
    /// The parts that cannot be said without one of some words, at each of these words.
    needing: HashMap<usize, Vec<Place>>,
}

/// A phrase, and one of its parts.
type Place = (usize, usize);

impl FromIterator<(Phrase, Effect)> for Phrases {
    fn from_iter<I: IntoIterator<Item = (Phrase, Effect)>>(phrases: I) -> Self {
        let mut all = Self { all: phrases.into_iter().collect(), ..Self::default() };
        let mut needs: Vec<(Place, Vec<BTreeSet<usize>>)> = Vec::new();
        for (at, (phrase, _)) in all.all.iter().enumerate() {
            for (nth, part) in phrase.parts.iter().enumerate() {
                let (firsts, each) = (part.firsts().unwrap_or_default(), part.needs());
                all.firsts.insert((at, nth), all.symbols.of(firsts));
                needs.push(((at, nth), each.into_iter().map(|words| all.symbols.of(words)).collect()));
            }
        }
        // What few phrases speak of, few texts do.
        let mut commonness: HashMap<usize, usize> = HashMap::new();
        for symbol in needs.iter().flat_map(|(_, each)| each).flatten() {
            *commonness.entry(*symbol).or_default() += 1;
        }
        let common = |words: &BTreeSet<usize>| words.iter().filter_map(|word| commonness.get(word)).sum::<usize>();
        for (place, each) in needs {
            for symbol in each.into_iter().min_by_key(common).unwrap_or_default() {
                all.needing.entry(symbol).or_default().push(place);
            }
        }
        all
    }
}

impl Phrases {
    /// Finds every part of every phrase in a text, unless another part of the same phrase cannot stand there.
    pub fn find(&self, text: &Reading) -> Found<'_> {
        let places = self.symbols.in_text(text);
        let possible: BTreeSet<Place> =
            places.keys().filter_map(|symbol| self.needing.get(symbol)).flatten().copied().collect();
        let possible: Vec<Place> = possible.into_iter().collect();
        let mut spans: BTreeMap<Place, Vec<Span>> = BTreeMap::new();
        for parts in possible.chunk_by(|one, other| one.0 == other.0) {
            let Some((phrase, _)) = parts.first().and_then(|(at, _)| self.all.get(*at)) else { continue };
            if parts.len() < phrase.parts.len() {
                continue;
            }
            for (place, part) in parts.iter().zip(&phrase.parts) {
                let firsts = self.firsts.get(place).into_iter().flatten();
                let begins: BTreeSet<usize> = firsts.filter_map(|first| places.get(first)).flatten().copied().collect();
                let said = begins.into_iter().filter_map(|from| Some(Span { from, to: part.end(text, from)? }));
                let said: Vec<Span> = said.collect();
                if said.is_empty() {
                    break;
                }
                spans.insert(*place, said);
            }
        }
        Found { phrases: self, spans }
    }
}

/// Words that are looked for, each by a number that all with the same key have.
#[derive(Debug, Default)]
struct Symbols {
    words: HashMap<String, usize>,
    /// Those that go on, by what they begin with.
    open: HashMap<String, usize>,
}

/// What stands for all numbers.
const NUMBER: usize = 0;

impl Symbols {
    fn of(&mut self, words: Vec<First<'_>>) -> BTreeSet<usize> {
        words.into_iter().map(|word| self.symbol(&word)).collect()
    }

    fn symbol(&mut self, word: &First<'_>) -> usize {
        let next = self.words.len() + self.open.len() + 1;
        match word {
            First::Number => NUMBER,
            First::Word(word) if word.open => *self.open.entry(word.key.clone()).or_insert(next),
            First::Word(word) => *self.words.entry(word.key.clone()).or_insert(next),
        }
    }

    /// Where in a text each of them stands.
    fn in_text(&self, text: &Reading) -> BTreeMap<usize, Vec<usize>> {
        let mut places: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (from, said) in text.words().flat_map(|(from, ways)| ways.iter().map(move |said| (from, said))) {
            let prefixes = said.key.char_indices().map(|(at, c)| at + c.len_utf8());
            let open = prefixes.filter_map(|end| self.open.get(said.key.get(..end)?)).copied();
            let number = said.is_number().then_some(NUMBER);
            for symbol in self.words.get(&said.key).copied().into_iter().chain(open).chain(number) {
                places.entry(symbol).or_default().push(from);
            }
        }
        places
    }
}

/// What stands in a text.
pub struct Found<'a> {
    phrases: &'a Phrases,
    /// Where each part stands, in the order of the text.
    spans: BTreeMap<Place, Vec<Span>>,
}

impl Found<'_> {
    /// Where phrases with this effect stand.
    pub fn spans(&self, effect: &Effect) -> Vec<Span> {
        let having = self.begun().filter(|(.., of)| *of == effect);
        having.flat_map(|(at, phrase, _)| self.together(at, phrase, &|_| true)).collect()
    }

    /// Whose phrases are said, and how soon somebody should look. `counts` is asked of each part, and whether its phrase
    /// always counts.
    pub fn holds(&self, counts: &impl Fn(&Span, bool) -> bool) -> Vec<(usize, i16)> {
        let holding = self.begun().filter_map(|(at, phrase, effect)| match effect {
            Effect::Hold { source, priority } => Some((at, phrase, (*source, *priority))),
            Effect::Not | Effect::Unless => None,
        });
        let said = holding
            .filter(|(at, phrase, _)| !self.together(*at, phrase, &|span| counts(span, phrase.always)).is_empty());
        said.map(|(.., hold)| hold).collect()
    }

    /// The phrases whose first part is there.
    fn begun(&self) -> impl Iterator<Item = (usize, &Phrase, &Effect)> {
        let first = self.spans.keys().filter(|(_, nth)| *nth == 0);
        first.filter_map(|(at, _)| self.phrases.all.get(*at).map(|(phrase, effect)| (*at, phrase, effect)))
    }

    /// The places of a phrase all of whose parts are near its first.
    fn together(&self, at: usize, phrase: &Phrase, counts: &impl Fn(&Span) -> bool) -> Vec<Span> {
        let of = |nth: usize| self.spans.get(&(at, nth)).map_or(&[][..], Vec::as_slice);
        let near = |first: &&Span| {
            (1..phrase.parts.len()).all(|nth| {
                let start = of(nth).partition_point(|span| span.from + NEAR < first.from);
                let candidates = of(nth).get(start..).unwrap_or_default().iter();
                candidates.take_while(|span| span.from <= first.from + NEAR).any(counts)
            })
        };
        of(0).iter().filter(|span| counts(span)).filter(near).copied().collect()
    }
}
