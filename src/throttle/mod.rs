//! How often something may be done. Counts by keyed hashes, in one table that all nodes share.
//!
//! A limit is a bucket that fills by one each time and empties at a steady rate (the generic cell rate algorithm).
//! Several are asked at once, and either all are charged or none; a refusal costs one statement and writes nothing.
//! Where newcomers come too often, a challenge asks their clients for some work first.

mod attempts;
mod bucket;
mod challenge;
mod conversation;
mod handlers;
pub mod limits;
mod queries;
mod types;

pub use attempts::Throttle;
pub use bucket::{Bucket, forget, give_back, sweep, take};
pub use challenge::{Challenge, use_up, used};
pub use conversation::Entry;
pub use handlers::routes;
pub use limits::Limit;
pub use types::{IssuedChallenge, SolvedChallenge};
