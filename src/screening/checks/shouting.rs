//! Capitals only.

use super::super::types::{Action, Check, Hit};

/// Texts of fewer letters may be shouted.
const LETTERS: usize = 20;

/// Whether four of five letters that have a case are capitals.
pub fn shouting(text: &str) -> Option<Hit> {
    let (mut capitals, mut small) = (0usize, 0usize);
    for c in text.chars() {
        capitals += usize::from(c.is_uppercase());
        small += usize::from(c.is_lowercase());
    }
    let letters = capitals + small;
    let shouted = letters >= LETTERS && capitals * 5 >= letters * 4;
    shouted.then(|| Hit::new(Check::Shouting, Action::Nudge, format!("{capitals} of {letters}")))
}
