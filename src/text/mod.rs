//! Text as people write it, and what is made of it: checked source, safe HTML, plain text, excerpts, slugs and the outline
//! of an article. Pure: same input, same output, no I/O.
//!
//! ```text
//! input ── clean ──▶ source ── markdown ──▶ HTML ── tidy ──▶ bounded HTML ── sanitise ──▶ safe HTML ── plain ──▶ text
//! ```
//! The source is what is kept; everything right of it can be derived again at any time, and [`RENDERER_VERSION`] says
//! whether it must be.

mod article;
mod clean;
mod comment;
mod markdown;
mod mend;
mod names;
mod outline;
mod plain;
mod sanitise;
mod slug;
mod tidy;
mod tokens;
mod unicode;

pub use article::{Article, Section, article};
pub use clean::{Bounds, Flaw, clean, clean_line};
pub use comment::{Rendered, comment};
pub use mend::{Mended, mend, mend_line, mend_name};
pub use names::{clean_name, name_skeleton};
pub use outline::{SectionKey, SectionKind, section_ids};
pub use plain::{excerpt, plain_text};
pub use slug::{SLUG_MAX, is_slug, slug};
pub use unicode::is_invisible;

/// Goes up whenever the same source would give other HTML, text or excerpts, so that stored renderings can be found and
/// derived again.
pub const RENDERER_VERSION: i16 = 1;
