//! WordPress: reading its export files (WXR), and turning its HTML into Markdown.

mod addresses;
mod broken;
mod field;
mod item;
pub mod markdown;
mod reader;
mod source;
mod types;
mod xml;

pub use addresses::addresses;
pub use broken::Broken;
pub use field::MAX_FIELD;
pub use reader::{MAX_BATCH, MAX_TERMS, Reader};
pub use types::{
    Approved, Author, Category, Comment, CommentKind, Discussion, Domain, Entry, Flaw, Item, ItemEnd, ItemKind, Site,
    Status, Tag, Term, Warning,
};
