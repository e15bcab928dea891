//! A set of small numbers. Many are put into it, many of them more than once, and it is asked for more than that.

use std::iter::successors;

/// A bit for each number below a bound.
#[derive(Debug)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// None of the numbers below `bound`. What is not below it never comes in.
    pub fn below(bound: usize) -> Self {
        Self(vec![0; bound.div_ceil(64)])
    }

    pub fn insert(&mut self, number: usize) {
        if let Some(bits) = self.0.get_mut(number / 64) {
            *bits |= 1 << (number % 64);
        }
    }

    pub fn has(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|bits| bits >> (number % 64) & 1 == 1)
    }

    /// All of them, each once, the smallest first.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        let more = |left: u64| (left != 0).then_some(left);
        let of = move |(nth, bits): (usize, &u64)| {
            let left = successors(more(*bits), move |left| more(left & (left - 1)));
            left.map(move |left| nth * 64 + left.trailing_zeros() as usize)
        };
        self.0.iter().enumerate().flat_map(of)
    }
}

#[cfg(test)]
mod tests {
    use super::Bits;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn it_is_a_set(numbers in prop::collection::vec(0_usize..400, 0..60), bound in 0_usize..400) {
            let mut bits = Bits::below(bound);
            // Rounded up to whole words.
            let below = bound.div_ceil(64) * 64;
            for number in &numbers {
                bits.insert(*number);
            }
            let set: BTreeSet<usize> = numbers.into_iter().filter(|number| *number < below).collect();
            prop_assert_eq!(bits.iter().collect::<Vec<_>>(), set.iter().copied().collect::<Vec<_>>());
            prop_assert!((0..500).all(|number| bits.has(number) == set.contains(&number)));
        }
    }
}
