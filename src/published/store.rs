//! The store of pages and the rules by which one is served, made again or kept.

use super::flights::{Flights, land};
use crate::{
    clock::Clock,
    config::Settings,
    error::{Code, Result},
    events::Listener,
    http::representation::{Representation, Served},
};
use chrono::{DateTime, TimeDelta, Utc};
use moka::sync::Cache;
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
    },
};

/// Pages of this process, shared by its workers. Cloning gives the same store.
#[derive(Clone)]
pub struct Published(Arc<Store>);

struct Store {
    pages: Cache<Arc<str>, Arc<Entry>>,
    moving: Mutex<Moving>,
    /// Other nodes' writes are not heard: nothing that is kept may be called fresh.
    deaf: AtomicBool,
    clock: Clock,
    stale_if_error: TimeDelta,
}

/// What changes together, under one lock.
#[derive(Default)]
struct Moving {
    flights: Flights,
    showing: HashMap<String, Vec<Weak<Entry>>>,
    kept_since_sweep: usize,
}

struct Entry {
    page: Arc<Representation>,
    /// Set once something that it shows was touched, or nothing could be heard any more.
    stale_since: OnceLock<DateTime<Utc>>,
}

impl Entry {
    fn stale_since(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let expired = self.page.valid_until.filter(|until| *until <= now);
        self.stale_since.get().copied().or(expired)
    }
}

/// Entries kept between two sweeps of the index by tag.
const SWEEP_EVERY: usize = 4096;

impl Published {
    /// An empty store with the configured budget. It is deaf until a follower says otherwise.
    #[must_use]
    pub fn new(settings: &Settings, clock: Clock) -> Self {
        let pages = Cache::builder()
            .max_capacity(settings.cache_bytes)
            .weigher(|_, entry: &Arc<Entry>| entry.page.weight())
            .build();
        let stale_if_error = TimeDelta::seconds(i64::from(settings.stale_if_error_seconds));
        Self(Arc::new(Store { pages, moving: Mutex::default(), deaf: AtomicBool::new(true), clock, stale_if_error }))
    }

    /// The page named `key`: as kept, or made by `make` in a task of its own, so that a client that goes away
    /// takes nothing from those who wait with it.
    ///
    /// # Errors
    /// Whatever `make` returns; but while the database is away a page that is out of date is better than none.
    pub async fn page<F>(&self, key: &str, make: impl FnOnce() -> F) -> Result<Served>
    where
        F: Future<Output = Result<Representation>> + 'static,
    {
        let now = self.0.clock.now();
        let kept = self.0.pages.get(key);
        if let Some(page) = self.0.fresh(kept.as_ref(), now) {
            metrics::counter!("colloquy_published_hits_total").increment(1);
            return Ok(Served { representation: page, stale_for: None });
        }
        match self.make(key, now, make).await {
            Err(error) if error.code == Code::Unavailable => {
                kept.and_then(|entry| self.stale(&entry, now)).ok_or(error)
            }
            made => made.map(|representation| Served { representation, stale_for: None }),
        }
    }

    async fn make<F>(&self, key: &str, now: DateTime<Utc>, make: impl FnOnce() -> F) -> Result<Arc<Representation>>
    where
        F: Future<Output = Result<Representation>> + 'static,
    {
        let joined = {
            let mut moving = self.0.moving();
            // Again, under the lock: a flight may have landed since it was not there.
            if let Some(page) = self.0.fresh(self.0.pages.get(key).as_ref(), now) {
                return Ok(page);
            }
            moving.flights.join(key).ok_or_else(|| moving.flights.begin(key.into()))
        };
        let (flight, sender, landing) = match joined {
            Ok(landing) => return land(landing).await,
            Err(begun) => begun,
        };
        metrics::counter!("colloquy_published_makings_total").increment(1);
        let (store, key, making) = (Arc::clone(&self.0), Arc::<str>::from(key), make());
        // If the making panics, dropping this ends the flight and tells those who wait.
        let guard = Landed { store, key, flight };
        tokio::task::spawn_local(async move {
            let made = making.await.map(Arc::new).map_err(Arc::new);
            guard.keep(made.as_ref().ok());
            sender.send_replace(Some(made));
        });
        land(landing).await
    }

    fn stale(&self, entry: &Entry, now: DateTime<Utc>) -> Option<Served> {
        let age = now - entry.stale_since(now).unwrap_or(now);
        let served =
            Served { representation: Arc::clone(&entry.page), stale_for: Some(age.to_std().unwrap_or_default()) };
        (age <= self.0.stale_if_error).then_some(served)
    }

    /// Drops what shows any of these tags. Also the way by which this process's own writes are told.
    pub fn raise(&self, tags: &[String]) {
        let now = self.0.clock.now();
        let mut moving = self.0.moving();
        moving.flights.touch(tags);
        for entry in
            tags.iter().filter_map(|tag| moving.showing.remove(tag)).flatten().filter_map(|entry| entry.upgrade())
        {
            // Already set means already stale, and the earlier time is the true one.
            let _ = entry.stale_since.set(now);
        }
    }

    /// Pages that are kept, fresh or stale.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.0.pages.run_pending_tasks();
        self.0.pages.entry_count()
    }

    /// Whether no page is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Listener for Published {
    fn touched(&self, tags: &[String]) {
        self.raise(tags);
    }

    fn deaf(&self) {
        self.0.deaf.store(true, Ordering::Release);
        let now = self.0.clock.now();
        let mut moving = self.0.moving();
        moving.flights.distrust();
        for entry in moving.showing.drain().flat_map(|(_, entries)| entries).filter_map(|entry| entry.upgrade()) {
            let _ = entry.stale_since.set(now);
        }
    }

    fn hearing(&self) {
        // What was read before, and touched elsewhere before we listened, would never be told.
        self.0.moving().flights.distrust();
        self.0.deaf.store(false, Ordering::Release);
    }
}

impl Store {
    /// What is kept, if it may be called fresh.
    fn fresh(&self, kept: Option<&Arc<Entry>>, now: DateTime<Utc>) -> Option<Arc<Representation>> {
        let hearing = !self.deaf.load(Ordering::Acquire);
        kept.filter(|entry| hearing && entry.stale_since(now).is_none()).map(|entry| Arc::clone(&entry.page))
    }

    fn moving(&self) -> MutexGuard<'_, Moving> {
        self.moving.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A flight under way; dropping it ends the flight.
struct Landed {
    store: Arc<Store>,
    key: Arc<str>,
    flight: u64,
}

impl Landed {
    /// Keeps the page, unless something that it shows was touched since the flight began.
    fn keep(&self, page: Option<&Arc<Representation>>) {
        let mut moving = self.store.moving();
        let tags = page.map_or(&[][..], |page| page.tags());
        let untouched = moving.flights.end(self.flight, &self.key, tags);
        let Some(page) = page.filter(|_| untouched) else { return };
        let entry = Arc::new(Entry { page: Arc::clone(page), stale_since: OnceLock::new() });
        if self.store.deaf.load(Ordering::Acquire) {
            let _ = entry.stale_since.set(self.store.clock.now());
        }
        for tag in tags {
            moving.showing.entry(tag.clone()).or_default().push(Arc::downgrade(&entry));
        }
        moving.kept_since_sweep += 1;
        if moving.kept_since_sweep >= SWEEP_EVERY {
            moving.kept_since_sweep = 0;
            moving.showing.retain(|_, entries| {
                entries.retain(|entry| entry.strong_count() > 0);
                !entries.is_empty()
            });
        }
        self.store.pages.insert(Arc::clone(&self.key), entry);
    }
}

impl Drop for Landed {
    fn drop(&mut self) {
        // After `keep` this finds nothing to end.
        self.store.moving().flights.end(self.flight, &self.key, &[]);
    }
}
