//! What happened, written in the transaction in which it happened, and told to every node in one order.
//!
//! A write names the tags it touches; whoever shows those tags drops what it had. See the record
//! on tags in `docs/decisions/`.

mod follow;
mod forget;
mod journal;
mod once;
mod own;
mod queries;
mod read;
mod types;

pub use follow::{Follower, Listener};
pub use forget::{forget_actor, forget_answers_of, forget_mentioned};
pub use journal::{Journal, Tx};
pub use once::{Done, Once};
pub use own::Own;
pub use queries::wake_everybody as announce;
pub use read::{begin_reading, may_go_on, read_on, until_stirred};
pub use types::{Event, Happened};
