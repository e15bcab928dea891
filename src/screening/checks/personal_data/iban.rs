//! Numbers of bank accounts (ISO 13616): two letters, two digits that prove the rest, and up to 30 more characters.

use super::at;
use std::ops::Range;

/// The fewest and most characters, without blanks: 15 in Norway.
const FEWEST: usize = 15;
const MOST: usize = 34;

pub fn find(text: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while from < text.len() {
        match starting(text, from) {
            Some(end) => {
                found.push(from..end);
                from = end;
            }
            None => from += 1,
        }
    }
    found
}

/// Where the longest account number ends that starts here.
fn starting(text: &[char], from: usize) -> Option<usize> {
    let head = text.get(from..from + 4)?;
    let shaped = matches!(head, [a, b, c, d] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() && c.is_ascii_digit() && d.is_ascii_digit());
    if !shaped || at(text, from.checked_sub(1)).is_alphanumeric() {
        return None;
    }
    let (mut number, mut end, mut longest) = (Vec::with_capacity(MOST), from, None);
    while let Some(c) = text.get(end) {
        if c.is_ascii_alphanumeric() && number.len() < MOST {
            number.push(*c);
            end += 1;
        } else {
            break;
        }
        let next = at(text, Some(end));
        if !next.is_alphanumeric() {
            if number.len() >= FEWEST && proves(&number) {
                longest = Some(end);
            }
            if matches!(next, ' ' | '\u{A0}' | '\u{202F}' | '-') {
                end += 1;
            }
        }
    }
    longest
}

/// The rest by 97 of a number that begins with its fifth character is 1 (ISO 7064), letters counting from 10.
fn proves(number: &[char]) -> bool {
    let (head, rest) = number.split_at_checked(4).unwrap_or_default();
    let turned = rest.iter().chain(head).filter_map(|c| c.to_digit(36));
    turned.fold(0, |sum, value| if value > 9 { (sum * 100 + value) % 97 } else { (sum * 10 + value) % 97 }) == 1
}
