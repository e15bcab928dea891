//! What people write, and what is made of it.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod article;
mod cleaning;
mod comment;
mod corpus;
mod names;
mod outline;
mod pathological;
mod plain;
mod reparse;
mod safety;
mod slugs;
