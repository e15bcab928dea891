//! Every statement of the room, by question.

pub mod alerts;
pub mod on_call;
