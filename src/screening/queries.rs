//! Every statement of the room, by question.

pub mod rules;
pub mod sanctions;
pub mod support;
