//! How much a text is like texts of people in need. It finds what no phrase says, and doubts what a phrase says by chance: a
//! logistic regression over pieces of words, learned from what `tests/screening/learn_likeness.rs` names; see
//! `docs/decisions/0029-phrases-and-likeness-together.md`.

use super::{super::fold::fold, bits::Bits, reading::Reading};

/// What a hit is called that comes of it. It goes up with everything that is learned anew.
pub const NAME: &str = "likeness-2";

/// Pieces are told apart by this many bits, those within words and those of whole words each.
const BITS: u32 = 16;

/// How many weights there are.
pub const WEIGHTS: usize = 2 << BITS;

/// Longer texts are looked at a part at a time, words: what is said in one sentence is drowned less by what stands around it.
const PART: usize = 60;

/// Words are told apart by this many bits, where it matters only whether an example has them.
const WORD_BITS: u32 = 19;

/// How many bytes say which words the examples have.
pub const WORDS: usize = 1 << (WORD_BITS - 3);

/// How many of its words a part must share with the examples, of how many. What is written in a language of which there is none
/// would be weighed by pieces that mean something else there.
const KNOWN: (usize, usize) = (2, 3);

/// What was learned: how much one step of a weight is, and what is added to their sum, as little-endian `f32`; then the weights,
/// in such steps; then a bit for each word that an example has.
const LEARNED: &[u8] = include_bytes!("likeness.bin");

/// A part of a text, as it is weighed.
#[derive(Debug, Default)]
pub struct Part {
    /// Places among the weights, in order and each once.
    pub pieces: Vec<usize>,
    /// For each word, the place of its bit.
    pub words: Vec<u32>,
}

/// From 0, nothing alike, to 1: the part that is the most like texts of people in need, of the words at places that are
/// `looked_at`. None where no part is written in a language that was learned.
pub fn likeness(reading: &Reading, looked_at: impl Fn(usize) -> bool) -> Option<f32> {
    let (learned, words) = (Learned::read()?, words(reading, looked_at));
    let known = parts(&words).into_iter().map(Part::of).filter(|part| learned.knows(part));
    known.map(|part| learned.weigh(&part)).reduce(f32::max)
}

/// The parts of a text.
#[must_use]
pub fn parts_of(text: &str) -> Vec<Part> {
    parts(&words(&Reading::of(&fold(text)), |_| true)).into_iter().map(Part::of).collect()
}

/// What a text is read as: its words, where they can be read in several ways as the longest.
fn words(reading: &Reading, looked_at: impl Fn(usize) -> bool) -> Vec<&str> {
    let (mut words, mut at) = (Vec::new(), 0);
    for (place, ways) in reading.words() {
        if place < at {
            continue;
        }
        if let Some(longest) = ways.iter().max_by_key(|way| way.to) {
            at = longest.to;
            if looked_at(place) {
                words.push(longest.letters());
            }
        }
    }
    words
}

/// All of it, or parts that overlap by half.
fn parts<'a>(words: &'a [&'a str]) -> Vec<&'a [&'a str]> {
    if words.len() <= PART {
        return vec![words];
    }
    let begins = (0..).map(|nth| nth * PART / 2).take_while(|from| from + PART / 2 < words.len());
    begins.filter_map(|from| words.get(from..words.len().min(from + PART))).collect()
}

impl Part {
    /// Words, two and three of them in a row, and within each word and its ends two to five letters in a row.
    fn of(words: &[&str]) -> Self {
        let (mut pieces, mut places) = (Bits::below(WEIGHTS), Vec::with_capacity(words.len()));
        for from in 0..words.len() {
            let mut hash = HASH_OF_NOTHING;
            for (nth, word) in words.iter().skip(from).take(3).enumerate() {
                hash = word.chars().chain([' ']).fold(hash, hash_on);
                pieces.insert((place(hash, BITS) + (1 << BITS)) as usize);
                if nth == 0 {
                    places.push(place(hash, WORD_BITS));
                }
            }
        }
        let mut letters = Vec::new();
        for word in words {
            letters.clear();
            letters.extend(std::iter::once(' ').chain(word.chars()).chain([' ']));
            for from in 0..letters.len() {
                let mut hash = HASH_OF_NOTHING;
                for (nth, letter) in letters.iter().skip(from).take(5).enumerate() {
                    hash = hash_on(hash, *letter);
                    if nth > 0 {
                        pieces.insert(place(hash, BITS) as usize);
                    }
                }
            }
        }
        Self { pieces: pieces.iter().collect(), words: places }
    }
}

/// FNV-1a, over letters: what was learned goes with it, so it stays as it is.
const HASH_OF_NOTHING: u32 = 0x811c_9dc5;

fn hash_on(hash: u32, letter: char) -> u32 {
    (hash ^ u32::from(letter)).wrapping_mul(0x0100_0193)
}

const fn place(hash: u32, bits: u32) -> u32 {
    (hash >> (32 - bits)) ^ (hash & ((1 << bits) - 1))
}

/// What [`LEARNED`] says.
struct Learned {
    scale: f32,
    bias: f32,
    weights: &'static [u8],
    words: &'static [u8],
}

impl Learned {
    fn read() -> Option<Self> {
        let (scale, rest) = LEARNED.split_first_chunk()?;
        let (bias, rest) = rest.split_first_chunk()?;
        let (weights, words) = rest.split_at_checked(WEIGHTS)?;
        Some(Self { scale: f32::from_le_bytes(*scale), bias: f32::from_le_bytes(*bias), weights, words })
    }

    /// Whether enough of its words stand in examples.
    fn knows(&self, part: &Part) -> bool {
        let is_known = |word: u32| self.words.get(word as usize / 8).is_some_and(|eight| eight >> (word % 8) & 1 == 1);
        let known = part.words.iter().filter(|word| is_known(**word)).count();
        known > 0 && known * KNOWN.1 >= part.words.len() * KNOWN.0
    }

    fn weigh(&self, part: &Part) -> f32 {
        let weight = |piece: &usize| self.weights.get(*piece).map_or(0, |weight| i32::from(weight.cast_signed()));
        let sum: i32 = part.pieces.iter().map(weight).sum();
        #[expect(clippy::cast_precision_loss, reason = "a sum of some thousand bytes, and how many they are")]
        let mean = sum as f32 / (part.pieces.len().max(1) as f32).sqrt();
        1.0 / (1.0 + (-(self.bias + self.scale * mean)).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::super::fold::fold, LEARNED, Reading, WEIGHTS, WORDS, likeness, parts_of};

    #[test]
    fn every_piece_has_a_weight_and_every_word_a_bit() {
        assert_eq!(LEARNED.len(), 8 + WEIGHTS + WORDS);
        let text = "All of it, и это, 𝔲𝔫𝔡 𝔡𝔞𝔰, more than once, more than once. ".repeat(40);
        let parts = parts_of(&text);
        assert!(parts.len() > 2 && parts.iter().all(|part| !part.pieces.is_empty() && part.pieces.is_sorted()));
        assert!(parts.iter().flat_map(|part| &part.pieces).all(|piece| *piece < WEIGHTS));
        assert!(parts.iter().flat_map(|part| &part.words).all(|word| (*word as usize) < 8 * WORDS));
        assert!(parts_of("").iter().all(|part| part.pieces.is_empty()));
    }

    #[test]
    fn what_it_never_learned_to_read_it_does_not_weigh() {
        let of = |text: &str| likeness(&Reading::of(&fold(text)), |_| true);
        for text in [
            "Jag vill bara säga att artikeln hjälpte oss att börja prata med varandra igen efter sommaren.",
            "Мы с мужем прочитали это вместе и весь вечер спокойно разговаривали о детях.",
            "Luin tämän eilen illalla ja lähetin sen heti siskolleni, joka asuu kaukana.",
            "",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
        let text = "I read this with my husband last night, and we talked about it until it was late.";
        assert!(of(text).is_some_and(|alike| alike < 0.5), "{:?}", of(text));
    }
}
