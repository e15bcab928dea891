//! Who wants to hear of what: discreet mails to those who wrote a comment, when staff answers it and when it was approved.
//!
//! Reads the events, and asks the rooms that keep it what is so at this moment. Keeps for itself only what was told.

mod handlers;
mod herald;
mod letters;
mod queries;
mod rules;
mod types;
mod wishes;

pub use handlers::routes;
pub use herald::Herald;
