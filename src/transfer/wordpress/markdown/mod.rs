//! What WordPress keeps as HTML, as Markdown.
//!
//! A text passes four stages: `scan` cuts it into tokens, `compose` builds well-formed HTML of
//! them by WordPress' rules (bare newlines are paragraphs, shortcodes), the HTML library makes
//! Markdown of that, and `settle` puts its punctuation right. Each takes time in proportion to
//! the text's length, whatever the text.

mod blocks;
mod compose;
mod convert;
mod cut;
mod elements;
mod emphasis;
mod inlines;
mod marks;
mod notes;
mod plain;
mod raw;
mod references;
mod scan;
mod settle;
mod shortcodes;
mod tables;
mod tags;
mod urls;

pub use convert::{Converted, article, comment};
pub use notes::{Change, Note};
pub use plain::plain_text;
