//! How often something may be done, and by whom it is counted.

mod buckets;
mod clients;
mod issue_challenge;
mod log_ins;
mod requests;

use crate::world::World;
use colloquy::{db::Pool, http::client::Client, throttle::Throttle};
use std::sync::Arc;

/// The throttle of a request from this address, on a pool of its own, as another server would have it.
fn from(w: &World, address: &str) -> Throttle {
    let pool = Pool::new(&w.db.url(), &w.settings, Arc::default()).unwrap();
    let client = Client { address: address.parse().unwrap() };
    Throttle::new(client, pool, w.secrets.clone(), w.clock.clone(), Arc::new(w.settings.clone()))
}
