//! When a mail that could not be sent is tried again.

use chrono::TimeDelta;

/// Waits after the first, second, … attempt, minutes: together just under a day, after which a one-time code in it
/// would have expired. The first must be longer than an attempt can take: until then no other node may try.
const WAITS: [i64; 9] = [1, 2, 5, 15, 30, 60, 120, 360, 720];

/// Attempts after which a mail is given up.
pub const MAX_ATTEMPTS: i16 = 10;

/// How long after the beginning of its `attempts`th attempt a mail is due again.
pub fn wait(attempts: i16) -> TimeDelta {
    let index = usize::try_from(attempts.max(1) - 1).unwrap_or_default();
    TimeDelta::minutes(WAITS.get(index).copied().unwrap_or(720))
}
