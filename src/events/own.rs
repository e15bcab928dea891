//! Events of this process that it need not be told again.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Notify;
use uuid::Uuid;

/// Events that are remembered at most, while they cannot be followed; when there are more, all are told again.
const REMEMBERED: usize = 100_000;

/// What this process committed and has raised already. Cloning gives the same.
#[derive(Debug, Clone, Default)]
pub struct Own {
    raised: Arc<Mutex<HashSet<Uuid>>>,
    /// Told when there is more of it.
    pub committed: Arc<Notify>,
}

impl Own {
    /// These were committed, and whoever shows what they touch has been told.
    pub fn raised(&self, events: impl IntoIterator<Item = Uuid>) {
        let mut raised = self.lock();
        if raised.len() > REMEMBERED {
            raised.clear();
        }
        raised.extend(events);
    }

    /// Whether this one has been raised here.
    #[must_use]
    pub fn knows(&self, event: Uuid) -> bool {
        self.lock().contains(&event)
    }

    /// The same, for the last time.
    #[must_use]
    pub fn forget(&self, event: Uuid) -> bool {
        self.lock().remove(&event)
    }

    fn lock(&self) -> MutexGuard<'_, HashSet<Uuid>> {
        self.raised.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
