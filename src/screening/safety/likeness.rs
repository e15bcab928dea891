//! How much a text is like texts of people in need. It finds what no phrase says, and doubts what a phrase says by chance: a
//! logistic regression over pieces of words, learned from what `tests/screening/learn_likeness.rs` names; see
//! `docs/decisions/0029-phrases-and-likeness-together.md`.

use super::{super::fold::fold, reading::Reading};

/// What a hit is called that comes of it. It goes up with everything that is learned anew.
pub const NAME: &str = "likeness-1";

/// Pieces are told apart by this many bits, those within words and those of whole words each.
const BITS: u32 = 16;

/// How many weights there are.
pub const WEIGHTS: usize = 2 << BITS;

/// Longer texts are looked at a part at a time, words: what is said in one sentence is drowned less by what stands around it.
const PART: usize = 60;

/// What was learned: how much one step of a weight is, and what is added to their sum, as little-endian `f32`; then the weights,
/// in such steps.
const LEARNED: &[u8] = include_bytes!("likeness.bin");

/// From 0, nothing alike, to 1: the part that is the most like texts of people in need, of the words at places that are
/// `looked_at`.
pub fn likeness(reading: &Reading, looked_at: impl Fn(usize) -> bool) -> f32 {
    parts(&words(reading, looked_at)).into_iter().map(|words| weigh(&pieces(words))).fold(0.0, f32::max)
}

/// The parts of a text, and of each its pieces: places among the weights, in order and each once.
#[must_use]
pub fn pieces_of(text: &str) -> Vec<Vec<u32>> {
    parts(&words(&Reading::of(&fold(text)), |_| true)).into_iter().map(pieces).collect()
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

/// Words, two and three of them in a row, and within each word and its ends two to five letters in a row.
fn pieces(words: &[&str]) -> Vec<u32> {
    let mut pieces = Vec::with_capacity(words.len() * 32);
    for from in 0..words.len() {
        let mut hash = HASH_OF_NOTHING;
        for word in words.iter().skip(from).take(3) {
            hash = word.chars().chain([' ']).fold(hash, hash_on);
            pieces.push(place(hash) + (1 << BITS));
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
                    pieces.push(place(hash));
                }
            }
        }
    }
    pieces.sort_unstable();
    pieces.dedup();
    pieces
}

/// FNV-1a, over letters: what was learned goes with it, so it stays as it is.
const HASH_OF_NOTHING: u32 = 0x811c_9dc5;

fn hash_on(hash: u32, letter: char) -> u32 {
    (hash ^ u32::from(letter)).wrapping_mul(0x0100_0193)
}

fn place(hash: u32) -> u32 {
    (hash >> (32 - BITS)) ^ (hash & ((1 << BITS) - 1))
}

fn weigh(pieces: &[u32]) -> f32 {
    let Some((scale, rest)) = LEARNED.split_first_chunk() else { return 0.0 };
    let Some((bias, weights)) = rest.split_first_chunk() else { return 0.0 };
    let weight = |piece: &u32| weights.get(*piece as usize).map_or(0, |weight| i32::from(weight.cast_signed()));
    let sum: i32 = pieces.iter().map(weight).sum();
    #[expect(clippy::cast_precision_loss, reason = "a sum of some thousand bytes, and how many they are")]
    let mean = sum as f32 / (pieces.len().max(1) as f32).sqrt();
    1.0 / (1.0 + (-(f32::from_le_bytes(*bias) + f32::from_le_bytes(*scale) * mean)).exp())
}

#[cfg(test)]
mod tests {
    use super::{LEARNED, WEIGHTS, pieces_of};

    #[test]
    fn every_piece_has_a_weight() {
        assert_eq!(LEARNED.len(), 8 + WEIGHTS);
        let text = "All of it, и это, 𝔲𝔫𝔡 𝔡𝔞𝔰, more than once, more than once. ".repeat(40);
        let parts = pieces_of(&text);
        assert!(parts.len() > 2 && parts.iter().all(|part| !part.is_empty() && part.is_sorted()));
        assert!(parts.iter().flatten().all(|piece| (*piece as usize) < WEIGHTS));
        assert!(pieces_of("").iter().all(Vec::is_empty));
    }
}
