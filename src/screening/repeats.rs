//! How many others said the same lately, as far as this process has heard it.
//!
//! What was said is kept as keyed hashes, in memory, for a day, of a bounded number of texts: no statement is spent on it, and
//! nothing is lost with the process that is worth keeping.

use crate::{
    error::Result,
    secrets::{Purpose, Secrets},
};
use chrono::{DateTime, TimeDelta, Utc};
use moka::sync::Cache;
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use uuid::Uuid;

/// Texts that are remembered, at most; the memory of one is about 200 bytes.
const KEPT: u64 = 50_000;

/// How long ago counts.
const LATELY: TimeDelta = TimeDelta::hours(24);

/// People who are remembered of one text, at most.
const PEOPLE: usize = 100;

/// By what a text is recognised, however it is spaced, punctuated or capitalised.
pub type Print = [u8; 32];

/// Who said something, each with the last time.
type Said = Arc<[(Uuid, DateTime<Utc>)]>;

/// What was said lately. Cloning gives the same.
#[derive(Clone)]
pub struct Repeats {
    secrets: Secrets,
    said: Cache<Print, Said>,
    adding: Arc<Mutex<()>>,
}

/// Who had said something at a moment.
#[derive(Debug, Clone, Default)]
pub struct Heard(Said);

impl Repeats {
    /// Nothing was said yet.
    #[must_use]
    pub fn new(secrets: Secrets) -> Self {
        // By the time of day; the test for `LATELY` goes by the clock.
        let day = Duration::from_hours(24);
        let said = Cache::builder().max_capacity(KEPT).time_to_live(day).build();
        Self { secrets, said, adding: Arc::default() }
    }

    /// The print of a text without markup.
    ///
    /// # Errors
    /// Only if the cryptographic library fails.
    pub fn print(&self, text: &str) -> Result<Print> {
        let letters: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        self.secrets.mac(Purpose::TextPrint, letters.as_bytes())
    }

    /// Who has said it up to now.
    #[must_use]
    pub fn heard(&self, print: &Print) -> Heard {
        Heard(self.said.get(print).unwrap_or_default())
    }

    /// Somebody has said it.
    pub fn note(&self, print: Print, by: Uuid, now: DateTime<Utc>) {
        // Held while one is added to those before: of two at once, neither is lost.
        let _adding = self.adding.lock().unwrap_or_else(PoisonError::into_inner);
        let before = self.said.get(&print).unwrap_or_default();
        let others = before.iter().filter(|(who, at)| *who != by && now - *at < LATELY).copied();
        self.said.insert(print, std::iter::once((by, now)).chain(others).take(PEOPLE).collect());
    }
}

impl Heard {
    /// How many others said it in the last 24 hours, or say it `together` with this; `by` is who says it now, if they are known.
    #[must_use]
    pub fn others(&self, by: Option<Uuid>, together: impl IntoIterator<Item = Uuid>, now: DateTime<Utc>) -> u32 {
        let lately = self.0.iter().filter(|(_, at)| now - *at < LATELY).map(|(who, _)| *who);
        let others: HashSet<Uuid> = lately.chain(together).filter(|who| Some(*who) != by).collect();
        u32::try_from(others.len()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn the_same_by_others_within_a_day_is_counted_once_each() {
        let repeats = Repeats::new(Secrets::new("a test secret of more than thirty-two bytes").unwrap());
        let noon = Utc.with_ymd_and_hms(2026, 3, 14, 12, 0, 0).unwrap();
        let (ada, bea) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let print = repeats.print("Thank you, Zoé!").unwrap();
        assert_eq!(print, repeats.print("  thank\nYOU zoé").unwrap());
        assert_ne!(print, repeats.print("Thank you, Zoe!").unwrap());
        repeats.note(print, ada, noon);
        repeats.note(print, ada, noon);
        repeats.note(print, bea, noon);
        let heard = repeats.heard(&print);
        assert_eq!(heard.others(None, [], noon), 2);
        assert_eq!(heard.others(Some(ada), [ada, Uuid::from_u128(3)], noon), 2);
        assert_eq!(heard.others(None, [], noon + LATELY), 0);
    }
}
