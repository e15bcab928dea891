//! Every statement of the room, by question.

pub mod answers;
pub mod copies;
pub mod desk;
pub mod drafts;
pub mod follow;
pub mod numbers;
pub mod questions;
pub mod saved_replies;
pub mod scans;
