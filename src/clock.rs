//! Time is an input: whoever needs the time, or an id that begins with it, is handed a clock.

use chrono::{DateTime, SubsecRound, Utc};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use uuid::{ContextV7, Timestamp, Uuid};

/// Tells the time and makes ids. Cloning gives the same clock.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    /// Set by tests; the system's time otherwise.
    held: Option<Arc<RwLock<DateTime<Utc>>>>,
    /// Counts within a millisecond.
    ids: Arc<Mutex<ContextV7>>,
}

impl Clock {
    /// The system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that stands still until `set` moves it.
    #[must_use]
    pub fn held_at(now: DateTime<Utc>) -> Self {
        Self { held: Some(Arc::new(RwLock::new(now))), ..Self::default() }
    }

    /// Moves a held clock; the system's clock stays as it is.
    pub fn set(&self, now: DateTime<Utc>) {
        if let Some(held) = &self.held {
            *held.write().unwrap_or_else(PoisonError::into_inner) = now;
        }
    }

    /// Now, in whole microseconds, which is what Postgres keeps.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place where the system's clock is read")]
    pub fn now(&self) -> DateTime<Utc> {
        let now = self.held.as_ref().map_or_else(Utc::now, |held| *held.read().unwrap_or_else(PoisonError::into_inner));
        now.trunc_subsecs(6)
    }

    /// A new id (UUID v7, RFC 9562): begins with the time, so that rows made together lie together, and sorts after
    /// every id that this clock has made.
    #[must_use]
    pub fn id(&self) -> Uuid {
        let now = self.now();
        let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
        let ids = self.ids.lock().unwrap_or_else(PoisonError::into_inner);
        Uuid::new_v7(Timestamp::from_unix(&*ids, seconds, now.timestamp_subsec_nanos()))
    }
}
