//! Every statement on events and idempotency keys.

mod answers;
mod append;
mod numbers;

pub use answers::{forget_answers, forget_answers_of, keep_answers, kept_answers, take_keys};
pub use append::append;
pub use numbers::{
    BATCH, become_sequencer, forget_actor, last_number, listen, number, numbered_after, unnumbered, wake_everybody,
};
