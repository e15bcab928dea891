//! Many phrases, looked for at once.

use super::{
    bits::Bits,
    phrase::{First, Phrase},
    reading::Reading,
};
use std::collections::{BTreeSet, HashMap};

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
    /// Every part of every phrase, in their order.
    parts: Vec<Sought>,
    /// The phrases that cannot be said without one of some words, at each of these words: their parts, from the first to the
    /// one after the last.
    needing: HashMap<usize, Vec<(usize, usize)>>,
}

/// A phrase, and one of its parts.
type Place = (usize, usize);

/// What is known of a part before it is looked for.
#[derive(Debug)]
struct Sought {
    place: Place,
    /// What it can begin with.
    firsts: Vec<usize>,
    /// Words without one of which it is not said.
    needs: Vec<Vec<usize>>,
}

impl FromIterator<(Phrase, Effect)> for Phrases {
    fn from_iter<I: IntoIterator<Item = (Phrase, Effect)>>(phrases: I) -> Self {
        let mut all = Self { all: phrases.into_iter().collect(), ..Self::default() };
        for (at, (phrase, _)) in all.all.iter().enumerate() {
            for (nth, part) in phrase.parts.iter().enumerate() {
                let (firsts, needs) = (part.firsts().unwrap_or_default(), part.needs());
                let firsts = all.symbols.of(firsts);
                let needs = needs.into_iter().map(|words| all.symbols.of(words)).collect();
                all.parts.push(Sought { place: (at, nth), firsts, needs });
            }
        }
        // What few phrases speak of, few texts do.
        let mut commonness: HashMap<usize, usize> = HashMap::new();
        for symbol in all.parts.iter().flat_map(|part| &part.needs).flatten() {
            *commonness.entry(*symbol).or_default() += 1;
        }
        let common = |words: &Vec<usize>| words.iter().filter_map(|word| commonness.get(word)).sum::<usize>();
        // The rarest first: most of what is looked at ends there.
        for part in &mut all.parts {
            part.needs.sort_by_cached_key(common);
        }
        let mut first = 0;
        for parts in all.parts.chunk_by(|one, other| one.place.0 == other.place.0) {
            let rarest = parts.iter().filter_map(|part| part.needs.first()).min_by_key(|words| common(words));
            for symbol in rarest.into_iter().flatten() {
                all.needing.entry(*symbol).or_default().push((first, first + parts.len()));
            }
            first += parts.len();
        }
        all
    }
}

impl Phrases {
    /// Finds every part of every phrase in a text, unless another part of the same phrase cannot stand there.
    pub fn find(&self, text: &Reading) -> Found<'_> {
        let said = self.symbols.in_text(text);
        let mut spans = Vec::new();
        for parts in self.possible(&said) {
            let Some((phrase, _)) = parts.first().and_then(|part| self.all.get(part.place.0)) else { continue };
            for (sought, part) in parts.iter().zip(&phrase.parts) {
                let mut begins: Vec<usize> = sought.firsts.iter().flat_map(|first| said.places(*first)).collect();
                begins.sort_unstable();
                begins.dedup();
                let found = begins.into_iter().filter_map(|from| Some(Span { from, to: part.end(text, from)? }));
                let found: Vec<Span> = found.collect();
                if found.is_empty() {
                    break;
                }
                spans.push((sought.place, found));
            }
        }
        Found { phrases: self, spans }
    }

    /// The parts of each phrase of which a text has all words that it needs, in their order.
    fn possible(&self, said: &Symbolic) -> impl Iterator<Item = &[Sought]> {
        let mut possible: Vec<(usize, usize)> =
            said.symbols.iter().filter_map(|symbol| self.needing.get(&symbol)).flatten().copied().collect();
        possible.sort_unstable();
        possible.dedup();
        let has_all = |part: &Sought| part.needs.iter().all(|words| words.iter().any(|word| said.symbols.has(*word)));
        let parts = possible.into_iter().filter_map(|(from, to)| self.parts.get(from..to));
        parts.filter(move |parts| parts.iter().all(has_all))
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
    fn of(&mut self, words: Vec<First<'_>>) -> Vec<usize> {
        let symbols: BTreeSet<usize> = words.into_iter().map(|word| self.symbol(&word)).collect();
        symbols.into_iter().collect()
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
    fn in_text(&self, text: &Reading) -> Symbolic {
        let mut places = Vec::new();
        for (from, said) in text.words().flat_map(|(from, ways)| ways.iter().map(move |said| (from, said))) {
            let prefixes = said.key.char_indices().map(|(at, c)| at + c.len_utf8());
            let open = prefixes.filter_map(|end| self.open.get(said.key.get(..end)?)).copied();
            let number = said.is_number().then_some(NUMBER);
            let symbols = self.words.get(&said.key).copied().into_iter().chain(open).chain(number);
            places.extend(symbols.map(|symbol| (symbol, from)));
        }
        places.sort_unstable();
        let mut symbols = Bits::below(self.words.len() + self.open.len() + 1);
        for (symbol, _) in &places {
            symbols.insert(*symbol);
        }
        Symbolic { places, symbols }
    }
}

/// A text as the symbols that are looked for.
struct Symbolic {
    /// Each with a word at which it stands, in order.
    places: Vec<(usize, usize)>,
    /// The symbols that stand anywhere.
    symbols: Bits,
}

impl Symbolic {
    /// Where one stands.
    fn places(&self, symbol: usize) -> impl Iterator<Item = usize> {
        let start = if self.symbols.has(symbol) {
            self.places.partition_point(|(other, _)| *other < symbol)
        } else {
            self.places.len()
        };
        let here = self.places.get(start..).unwrap_or_default().iter();
        here.take_while(move |(other, _)| *other == symbol).map(|(_, from)| *from)
    }
}

/// What stands in a text.
pub struct Found<'a> {
    phrases: &'a Phrases,
    /// Where each part stands, in the order of the text; the parts in theirs.
    spans: Vec<(Place, Vec<Span>)>,
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
        let first = self.spans.iter().map(|(place, _)| place).filter(|(_, nth)| *nth == 0);
        first.filter_map(|(at, _)| self.phrases.all.get(*at).map(|(phrase, effect)| (*at, phrase, effect)))
    }

    /// The places of a phrase all of whose parts are near its first.
    fn together(&self, at: usize, phrase: &Phrase, counts: &impl Fn(&Span) -> bool) -> Vec<Span> {
        let of = |nth: usize| {
            let found = self.spans.binary_search_by_key(&(at, nth), |(place, _)| *place);
            found.ok().and_then(|found| self.spans.get(found)).map_or(&[][..], |(_, spans)| spans.as_slice())
        };
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
