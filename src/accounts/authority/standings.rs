//! What this node knows of who may act, so that a request costs no question to the database.
//!
//! What is known of an account is dropped when one of its events is heard, wherever it was written; on the node that
//! wrote, before the writer is answered. It counts only while the events are followed closely: if the last look at them
//! is older than [`HEARD`], whoever asks is told to ask Postgres. So a log-out, a ban or another role acts everywhere
//! within a second, also when nothing can be heard.

use super::acting::Ban;
use crate::{
    config::Settings,
    events::Listener,
    http::permission::{Role, Scope},
};
use chrono::{DateTime, Utc};
use moka::sync::Cache;
use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use uuid::Uuid;

/// How old the last look at the events may be.
const HEARD: Duration = Duration::from_millis(500);

/// Tokens of which something is known at most; the memory of one is about 200 bytes.
const KNOWN: u64 = 100_000;

/// By what a standing is found.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// A session.
    Session(Uuid),
    /// A service token, by its hash.
    Service(Vec<u8>),
}

/// What there is to know of somebody who shows a token. Times are compared when it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub account_id: Uuid,
    pub session_id: Option<Uuid>,
    pub role: Role,
    pub scopes: Vec<Scope>,
    /// When the session or the service token ends by itself.
    pub expires_at: DateTime<Utc>,
    pub proven_at: DateTime<Utc>,
    /// Whether a second factor was shown.
    pub second_factor: bool,
    pub ban: Option<Ban>,
}

/// The standings that a process knows. Cloning gives the same.
#[derive(Clone)]
pub struct Standings(Arc<Inner>);

struct Inner {
    known: Cache<Key, (u64, Standing)>,
    /// The moment of an account's last event, longer than anything older is known.
    cut_offs: Cache<Uuid, u64>,
    /// Counts what was heard: a moment.
    moment: AtomicU64,
    /// What was read before this moment does not count.
    floor: AtomicU64,
    /// The last look at the events; none while they cannot be heard.
    heard_at: Mutex<Option<Instant>>,
}

impl Standings {
    /// Nothing is known yet; what will be is known for [`Settings::standing_seconds`].
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        let known_for = Duration::from_secs(settings.standing_seconds.into());
        Self(Arc::new(Inner {
            known: Cache::builder().max_capacity(KNOWN).time_to_live(known_for).build(),
            cut_offs: Cache::builder().time_to_live(known_for * 2).build(),
            moment: AtomicU64::new(1),
            floor: AtomicU64::new(1),
            heard_at: Mutex::new(None),
        }))
    }

    /// The moment before a look into the database.
    #[must_use]
    pub fn moment(&self) -> u64 {
        self.0.moment.load(Ordering::Acquire)
    }

    /// What is known, if it counts now.
    #[must_use]
    pub fn get(&self, key: &Key) -> Option<Standing> {
        if self.caught_up_with().is_none_or(|heard_at| heard_at.elapsed() > HEARD) {
            return None;
        }
        let (moment, standing) = self.0.known.get(key)?;
        let cut_off = self.0.cut_offs.get(&standing.account_id).unwrap_or_default();
        (moment >= cut_off.max(self.0.floor.load(Ordering::Acquire))).then_some(standing)
    }

    /// Remembers what the database said after `moment`. If the account has been touched since, it will not count.
    pub fn put(&self, key: Key, moment: u64, standing: Standing) {
        self.0.known.insert(key, (moment, standing));
    }

    /// These tags were touched, here or elsewhere.
    pub fn raise(&self, tags: &[String]) {
        let accounts = tags.iter().filter_map(|tag| tag.strip_prefix("account:")?.parse().ok());
        for account in accounts {
            let moment = self.0.moment.fetch_add(1, Ordering::AcqRel) + 1;
            self.0.cut_offs.insert(account, moment);
        }
    }

    /// Everything committed before this moment has been told; none while nothing is heard.
    #[must_use]
    pub fn caught_up_with(&self) -> Option<Instant> {
        *self.0.heard_at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn forget_all(&self) {
        let moment = self.0.moment.fetch_add(1, Ordering::AcqRel) + 1;
        self.0.floor.store(moment, Ordering::Release);
    }

    fn heard(&self, at: Option<Instant>) {
        *self.0.heard_at.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }
}

impl Listener for Standings {
    fn touched(&self, tags: &[String]) {
        self.raise(tags);
    }

    fn deaf(&self) {
        self.heard(None);
    }

    fn hearing(&self) {
        // What was touched while nothing was heard will never be told.
        self.forget_all();
    }

    fn caught_up(&self, moment: Instant) {
        self.heard(Some(moment));
    }
}
