//! Who in a process hears what was touched.

use crate::{
    accounts::{self, Standings},
    events::Listener,
    published::Published,
    screening,
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    time::Instant,
};
use tokio::sync::Notify;

/// Whoever in this process wants to hear what was touched, here and elsewhere.
#[derive(Clone)]
pub struct Ears {
    published: Published,
    standings: Standings,
    /// The rules that are in force.
    pub rules: screening::InForce,
    keys_touched: Arc<Notify>,
    /// How often it is still to be told: twice, since what is heard while the events are numbered gets its number by the next
    /// numbering.
    telling: Arc<AtomicU8>,
    /// Told when something was touched and its events have their numbers: for those who read the events.
    pub stirred: [Arc<Notify>; 2],
}

impl Ears {
    /// Ears that pass on what they hear to these.
    pub fn new(
        published: Published,
        standings: Standings,
        rules: screening::InForce,
        keys_touched: Arc<Notify>,
    ) -> Self {
        Self {
            published,
            standings,
            rules,
            keys_touched,
            telling: Arc::default(),
            stirred: <[Arc<Notify>; 2]>::default(),
        }
    }
}

impl Listener for Ears {
    fn touched(&self, tags: &[String]) {
        self.standings.touched(tags);
        self.rules.touched(tags);
        self.published.touched(tags);
        self.telling.store(2, Ordering::Relaxed);
        if tags.iter().any(|tag| tag == accounts::KEYS_TAG) {
            self.keys_touched.notify_one();
        }
    }

    fn deaf(&self) {
        self.standings.deaf();
        self.rules.deaf();
        self.published.deaf();
    }

    fn hearing(&self) {
        self.standings.hearing();
        self.rules.hearing();
        self.published.hearing();
        self.keys_touched.notify_one();
    }

    fn caught_up(&self, moment: Instant) {
        self.standings.caught_up(moment);
        if self.telling.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok() {
            self.stirred.iter().for_each(|reader| reader.notify_one());
        }
    }
}
