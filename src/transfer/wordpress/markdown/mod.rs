//! What WordPress keeps as HTML, as Markdown.
//!
//! A text passes four stages: `scan` cuts it into tokens, `compose` builds well-formed HTML of
//! them by WordPress' rules (bare newlines are paragraphs, shortcodes), the HTML library makes
//! Markdown of that, and `settle` puts its punctuation right. Each takes time in proportion to
//! the text's length, whatever the text.
#![expect(
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a scanner: its places were found in the same text, beside ASCII, so they lie between characters"
)]

mod blocks;
mod compose;
mod convert;
mod elements;
mod emphasis;
mod inlines;
mod marks;
mod notes;
mod plain;
mod raw;
mod scan;
mod settle;
mod tables;
mod urls;

pub use convert::{Converted, article, comment};
pub use notes::{Change, Note};
pub use plain::plain_text;
