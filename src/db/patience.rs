//! How long the database is waited for. One setting says how long a statement may take; the rest follows from it, so that
//! whoever has a slow database has one thing to change.

use crate::config::Settings;
use std::time::Duration;

/// How long the database is waited for, by [`Settings::statement_timeout_ms`].
#[derive(Debug, Clone, Copy)]
pub struct Patience(Duration);

impl Patience {
    /// The patience in the settings.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        Self(Duration::from_millis(settings.statement_timeout_ms.into()))
    }

    /// The longest that one statement may take.
    #[must_use]
    pub const fn statement(self) -> Duration {
        self.0
    }

    /// The longest that a request waits for what somebody else holds: it holds things itself meanwhile.
    #[must_use]
    pub fn lock(self) -> Duration {
        self.0 * 2 / 5
    }

    /// How long a request waits for a connection before it is told to come back later.
    #[must_use]
    pub fn connection(self) -> Duration {
        self.0 * 3 / 5
    }

    /// How long whoever follows the events waits for an answer: one that takes longer means that the connection is gone.
    #[must_use]
    pub fn answer(self) -> Duration {
        self.0 * 2 / 5
    }

    /// How long a transaction in which nothing is asked may hold its locks.
    #[must_use]
    pub fn idle(self) -> Duration {
        self.0 * 3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_waits_follow_from_one_setting() {
        let waits = |setting: &str| {
            let patience = Patience::of(&Settings::with(&[("statement_timeout_ms", setting)]).unwrap());
            [patience.statement(), patience.lock(), patience.connection(), patience.answer(), patience.idle()]
                .map(|wait| wait.as_millis())
        };
        assert_eq!(waits("5000"), [5000, 2000, 3000, 2000, 15_000]);
        assert_eq!(waits("60000"), [60_000, 24_000, 36_000, 24_000, 180_000]);
        for bad in ["0", "99", "600001"] {
            let refused = Settings::with(&[("statement_timeout_ms", bad)]).unwrap_err();
            assert!(refused.to_string().contains("COLLOQUY_STATEMENT_TIMEOUT_MS"), "{bad}: {refused}");
        }
    }
}
