//! Public responses that are ready to send, kept until something they show changes.
//!
//! A page is kept only if nothing it shows was touched since its making began, and nobody waits for a page
//! whose making began before the last touch. So a stale byte after an acknowledged write is impossible on the
//! node that wrote, and other nodes follow as the events reach them.

mod flights;
mod store;

pub use store::Published;
