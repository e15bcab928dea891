//! Thread order as bytes. A path is the positions from below a root down to a comment, each written so that
//! bytes sort as numbers do and no position's bytes begin another's: its length in bytes, then itself, big end
//! first. So a comment's path begins the path of everything below it, and sorting by path is reading order.

/// Levels below a root that a path tells apart. What is deeper goes on flat at the last of them, still naming
/// its parent: a path stays short, and an index entry fits a page, however deep a quarrel goes. One more than replies can be
/// shown nested (the setting `thread_levels`), so that what goes on flat there begins with the path of what it is below.
pub const LEVELS: usize = 24;

/// Follows every length byte, which is at most 8.
const AFTER: u8 = 0xFF;

/// The path of a reply at `position` to the comment at `parent`. A root's path is empty.
#[must_use]
pub fn below(parent: &[u8], position: i64) -> Vec<u8> {
    let kept = if levels(parent).count() < LEVELS { parent.len() } else { levels(parent).last().unwrap_or_default() };
    let bytes = position.to_be_bytes();
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let written = bytes.get(zeros..).unwrap_or_default();
    let length = u8::try_from(written.len()).unwrap_or(AFTER);
    [parent.get(..kept).unwrap_or_default(), &[length], written].concat()
}

/// A bound above every path that begins with this one, and below every other path that sorts after it.
#[must_use]
pub fn end(path: &[u8]) -> Vec<u8> {
    [path, &[AFTER]].concat()
}

/// Where each level of a path begins, in bytes.
fn levels(path: &[u8]) -> impl Iterator<Item = usize> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let begins = at;
        let length = *path.get(begins)?;
        at = begins + 1 + usize::from(length);
        Some(begins)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn path(positions: &[i64]) -> Vec<u8> {
        positions.iter().fold(Vec::new(), |path, position| below(&path, *position))
    }

    /// Positions as they occur: some of one byte, some at the borders between lengths, some huge.
    fn position() -> impl Strategy<Value = i64> {
        prop_oneof![
            1..300_i64,
            (0..7_u32, -1..2_i64).prop_map(|(bytes, by)| (256_i64.pow(bytes) + by).max(1)),
            1..=i64::MAX
        ]
    }

    proptest! {
        #[test]
        fn bytes_sort_as_positions(
            one in prop::collection::vec(position(), 0..LEVELS),
            other in prop::collection::vec(position(), 0..LEVELS),
        ) {
            prop_assert_eq!(path(&one).cmp(&path(&other)), one.cmp(&other));
        }

        #[test]
        fn a_range_holds_what_is_below_and_nothing_else(
            above in prop::collection::vec(position(), 0..4),
            rest in prop::collection::vec(position(), 1..4),
            other in prop::collection::vec(position(), 1..8),
        ) {
            let head = path(&above);
            let inside = |candidate: &[u8]| candidate > &*head && candidate < &*end(&head);
            prop_assert!(inside(&path(&[above.clone(), rest].concat())));
            prop_assert_eq!(inside(&path(&other)), other.len() > above.len() && other.starts_with(&above));
        }

        #[test]
        fn deeper_replies_go_on_flat_behind_their_parents(
            above in prop::collection::vec(position(), LEVELS - 1),
            mut deep in prop::collection::vec(1..1_000_000_i64, 2..40),
        ) {
            deep.sort_unstable();
            deep.dedup();
            let head = path(&above);
            let mut last = head.clone();
            for position in deep {
                let next = below(&last, position);
                prop_assert!(next > last && next < end(&head));
                prop_assert_eq!(levels(&next).count(), LEVELS);
                last = next;
            }
        }
    }
}
