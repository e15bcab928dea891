//! Every statement on events and idempotency keys.

mod answers;
mod append;
mod numbers;
mod readers;

pub use answers::{forget_answers, forget_answers_of, keep_answers, kept_answers, take_keys};
pub use append::append;
pub use numbers::{
    BATCH, become_sequencer, forget_actor, forget_mentioned, last_number, listen, number, numbered_after, unnumbered,
    wake_everybody,
};
pub use readers::{begin_reading, happened_after, lock_place, move_on};
