//! How high a comment stands by `top`.

use chrono::{DateTime, Utc};

/// Seconds by which one comment must be younger than another to stand as high with e times fewer reactions.
const SCALE: f64 = 48.0 * 60.0 * 60.0;

/// The rank of a comment: it grows with the logarithm of its reactions and with its date, in millionths. It changes with
/// a reaction and with nothing else, so that a walk by it holds and no job has to refresh it.
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "dates and counts are far below 2^52, and a rank is far below 2^63"
)]
pub fn rank(reactions: i64, created_at: DateTime<Utc>) -> i64 {
    let age = created_at.timestamp_micros() as f64 / 1e6 / SCALE;
    (((reactions.max(0) as f64).ln_1p() + age) * 1e6).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn one_more_reaction_or_a_later_date_stands_higher(
            reactions in 0..1_000_i64,
            seconds in 0..4_000_000_000_i64,
            later in 1..1_000_000_i64,
        ) {
            let at = DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
            prop_assert!(rank(reactions + 1, at) > rank(reactions, at));
            prop_assert!(rank(reactions, at + TimeDelta::seconds(later)) > rank(reactions, at));
        }
    }

    #[test]
    fn two_days_outweigh_e_times_the_reactions() {
        let (early, late) = (DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH + TimeDelta::hours(48));
        assert!(rank(2, late) > rank(6, early));
        assert!(rank(2, late) < rank(9, early));
    }
}
