//! WordPress: reading its export files (WXR), turning its HTML into Markdown, and taking in what they hold.

mod addresses;
mod article;
mod broken;
mod field;
mod import;
mod item;
pub mod markdown;
mod people;
mod reader;
mod source;
mod thread;
mod types;
mod waiting;
mod xml;

pub use addresses::addresses;
pub use broken::Broken;
pub use field::MAX_FIELD;
pub use import::import_wordpress;
pub use reader::{MAX_BATCH, MAX_TERMS, Reader};
pub use types::{
    Approved, Author, Category, Comment, CommentKind, Discussion, Domain, Entry, Flaw, Item, ItemEnd, ItemKind, Site,
    Status, Tag, Term, Warning,
};
