//! Mail: written into the transaction of what it is about, sent later by a job. Nobody waits for a mail server.
//!
//! A mail holds an address and often a one-time code, so it is sealed from the moment it is written until it has
//! been sent, and then erased; log lines name it by its id. How many one address gets is bounded here, whoever asks, and which
//! ones somebody does without: it knows people by ids alone.

mod caps;
mod ledger;
mod outbox;
mod people;
mod postman;
mod queries;
mod schedule;
mod status;
mod transport;
mod types;
mod unsubscription;

pub use ledger::list_to;
pub use outbox::{Outbox, erase, sweep};
pub use people::{forget_person, hand_over, person_now, take_back};
pub use postman::Postman;
pub use types::{Mail, Part, Posted, Unsubscription};
pub use unsubscription::{
    forget_unsubscriptions, list_unsubscriptions, read_unsubscribe_token, subscribe, unsubscribe, unsubscribe_token,
};
