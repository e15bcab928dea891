//! The keys of one issuer as they were last seen, and when to look again.

use super::{
    claims::bad,
    configuration::Trusted,
    discovery::{self, KeySet, TIMEOUT},
};
use crate::{
    clock::Clock,
    error::{Code, Error, Result},
};
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey};
use reqwest::Client;
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{Notify, watch},
    time::{Instant, timeout, timeout_at},
};

/// The least time between two looks that tokens ask for: nobody floods an issuer through us.
const PAUSE: TimeDelta = TimeDelta::minutes(1);

/// How long keys are good while their issuer is away.
const KEPT: TimeDelta = TimeDelta::hours(24);

/// How long a request waits for a look; longer than a look may take.
const PATIENCE: Duration = TIMEOUT.saturating_add(Duration::from_secs(1));

/// One task looks, requests ask it to: so there is one look at a time, and a client that goes away ends none.
pub struct KeySource {
    issuer: String,
    algorithm: Algorithm,
    refresh: Duration,
    client: Client,
    clock: Clock,
    asked: Notify,
    seen: watch::Sender<Seen>,
}

#[derive(Default, Clone)]
struct Seen {
    /// How often somebody looked, whether or not anything was to be seen.
    looks: u64,
    /// When that was begun the last time.
    looked_at: Option<DateTime<Utc>>,
    /// What was seen the last time that anything was.
    keys: Arc<KeySet>,
    /// When that was.
    as_of: Option<DateTime<Utc>>,
}

impl Seen {
    fn is_good(&self, now: DateTime<Utc>) -> bool {
        self.as_of.is_some_and(|at| now - at <= KEPT)
    }

    fn key(&self, kid: &str, now: DateTime<Utc>) -> Option<DecodingKey> {
        if self.is_good(now) { self.keys.get(kid).cloned() } else { None }
    }

    /// A clock that was put back does not stop us from looking.
    fn may_look(&self, now: DateTime<Utc>) -> bool {
        self.looked_at.is_none_or(|at| (now - at).abs() >= PAUSE)
    }
}

impl KeySource {
    pub fn new(trusted: &Trusted, client: Client, clock: Clock) -> Self {
        let Trusted { issuer, algorithm, jwks_refresh, .. } = trusted;
        let (issuer, algorithm, refresh) = (issuer.clone(), *algorithm, *jwks_refresh);
        Self { issuer, algorithm, refresh, client, clock, asked: Notify::new(), seen: watch::Sender::default() }
    }

    /// The key with this name. One that is not known is looked for, at most once a minute whoever asks.
    ///
    /// # Errors
    /// [`Code::Unauthenticated`] when the issuer has no such key, [`Code::Unavailable`] when no key of it is known.
    pub async fn key(&self, kid: &str) -> Result<DecodingKey> {
        let (before, now) = (self.seen.borrow().clone(), self.clock.now());
        if let Some(key) = before.key(kid, now) {
            return Ok(key);
        }
        if before.may_look(now) {
            self.asked.notify_one();
            // When nothing comes of it, what is known is all there is.
            let _ = timeout(PATIENCE, self.seen.subscribe().wait_for(|seen| seen.looks > before.looks)).await;
        }
        let seen = self.seen.borrow();
        seen.key(kid, now).ok_or_else(|| if seen.is_good(now) { bad() } else { away() })
    }

    /// How many keys there are now. Those that are known stay as they are.
    pub async fn check(&self) -> anyhow::Result<usize> {
        Ok(discovery::fetch(&self.client, &self.issuer, self.algorithm).await?.len())
    }

    /// Looks now, then as often as is configured, and when somebody asks. Runs for ever.
    pub async fn keep(&self) {
        loop {
            let pause = if self.look().await { self.refresh } else { self.refresh.min(Duration::from_mins(1)) };
            let due = Instant::now() + pause;
            // Who asked while a look was under way has been answered by it.
            while timeout_at(due, self.asked.notified()).await.is_ok() {
                if self.seen.borrow().may_look(self.clock.now()) {
                    break;
                }
            }
        }
    }

    /// Whether anything was to be seen.
    async fn look(&self) -> bool {
        let looked_at = Some(self.clock.now());
        let found = discovery::fetch(&self.client, &self.issuer, self.algorithm).await;
        if let Err(error) = &found {
            let (issuer, cause) = (&self.issuer, format!("{error:#}"));
            tracing::warn!(issuer, cause, "the keys of an issuer are not to be had; those it had are kept for a day");
        }
        let succeeded = found.is_ok();
        self.seen.send_modify(|seen| {
            seen.looks += 1;
            seen.looked_at = looked_at;
            if let Ok(keys) = found {
                seen.keys = Arc::new(keys);
                seen.as_of = looked_at;
            }
        });
        succeeded
    }
}

fn away() -> Error {
    let detail = "The issuer of this token cannot be asked for its keys; try again in a minute.";
    Error { retry_after: Some(60), ..Error::new(Code::Unavailable, detail) }
}
