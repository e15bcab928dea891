//! What one reader and the coaches let in say to each other, out of the sight of everybody else.
//!
//! Every text is sealed with a key of its own thread. Nothing of it is searched, cached, told by an event or logged; whoever
//! is not in a thread cannot tell it from one that does not exist.

mod actions;
mod companion;
mod handlers;
mod letters;
mod queries;
mod rules;
mod succession;
mod types;

pub use actions::{
    Rotation, count_keys, erase_reader, forget_coach, invite, list_of_reader, list_sent_by, rotate, takes_part, vacate,
};
pub use companion::Companion;
pub use handlers::routes;
pub use succession::Succession;
pub use types::{
    Invitation, KeyName, OwnPrivateMessage, OwnPrivateThread, Part, PrivateThread, SentMessage, ThreadState,
};
