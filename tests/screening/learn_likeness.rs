//! Learns what texts of people in need have in common, from the examples beside this file, and writes it where the server has it:
//! `cargo run --release --example learn_likeness`. The texts that are kept back are not among them.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "what is run by hand may stop, its numbers are small, and all pieces have a weight"
)]

use colloquy::{
    screening::{Part, WEIGHTS, WORDS, parts_of},
    text,
};
use serde::Deserialize;

/// How often all examples are looked at.
const ROUNDS: usize = 40;

/// How far the first steps go, and how much weights shrink with each.
const STEP: f64 = 4.0;
const SHRINK: f64 = 4e-6;

/// The parts of a text; and 1 for one that should be held.
type Parts = (Vec<Part>, f64);

#[derive(Deserialize)]
struct Example {
    text: String,
    hold: bool,
}

fn main() {
    let files = [include_str!("safety_made_with.jsonl"), include_str!("safety_examples.jsonl")];
    let examples = files.iter().flat_map(|file| file.lines()).map(|line| serde_json::from_str(line).unwrap());
    let mut examples: Vec<Parts> = examples
        .map(|Example { text, hold }| (parts_of(&text::comment(&text).text), f64::from(u8::from(hold))))
        .collect();
    let (weights, bias) = learn(&mut examples);
    let right = examples.iter().filter(|(parts, hold)| (bias + most(&weights, parts).1 > 0.0) == (*hold > 0.5));
    println!("{} of {} examples are told apart", right.count(), examples.len());
    let scale = weights.iter().fold(0.0_f64, |most, weight| most.max(weight.abs())) / 127.0;
    let mut learned = [(scale as f32).to_le_bytes(), (bias as f32).to_le_bytes()].concat();
    learned.extend(weights.iter().map(|weight| ((weight / scale).round() as i8).cast_unsigned()));
    learned.extend(words(&examples));
    std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/src/screening/safety/likeness.bin"), learned).unwrap();
}

/// A bit for each word that an example has.
fn words(examples: &[Parts]) -> Vec<u8> {
    let mut words = vec![0; WORDS];
    for word in examples.iter().flat_map(|(parts, _)| parts).flat_map(|part| &part.words) {
        words[*word as usize / 8] |= 1 << (word % 8);
    }
    words
}

/// Stochastic gradient descent, the mean of what it comes to after each of the last rounds.
fn learn(examples: &mut [Parts]) -> (Vec<f64>, f64) {
    let (mut weights, mut bias, mut shrunk, mut steps) = (vec![0.0; WEIGHTS], 0.0, 1.0, 0.0);
    let (mut mean, mut mean_bias) = (vec![0.0; WEIGHTS], 0.0);
    let mut chance = 1_u64;
    for round in 0..ROUNDS {
        for at in (1..examples.len()).rev() {
            // Always the same: what is learned from the same examples is the same.
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            examples.swap(at, (chance >> 33) as usize % (at + 1));
        }
        for (parts, hold) in examples.iter() {
            let step = STEP / (1.0 + STEP * SHRINK * steps);
            let (pieces, sum) = most(&weights, parts);
            let off = hold - 1.0 / (1.0 + (-bias - shrunk * sum).exp());
            shrunk *= 1.0 - step * SHRINK;
            for piece in pieces {
                weights[*piece] += step * off / shrunk / root(pieces);
            }
            bias += step * off * 0.1;
            steps += 1.0;
        }
        if round >= ROUNDS / 2 {
            let part = 1.0 / (ROUNDS - ROUNDS / 2) as f64;
            mean.iter_mut().zip(&weights).for_each(|(mean, weight)| *mean += part * shrunk * weight);
            mean_bias += part * bias;
        }
    }
    (mean, mean_bias)
}

/// The part that is the most alike, as the server looks for it, and how much it is.
fn most<'a>(weights: &[f64], parts: &'a [Part]) -> (&'a [usize], f64) {
    let sum = |pieces: &[usize]| pieces.iter().map(|piece| weights[*piece]).sum::<f64>() / root(pieces);
    let sums = parts.iter().map(|part| (part.pieces.as_slice(), sum(&part.pieces)));
    sums.max_by(|(_, one), (_, other)| one.total_cmp(other)).unwrap_or_default()
}

fn root(pieces: &[usize]) -> f64 {
    (pieces.len().max(1) as f64).sqrt()
}
