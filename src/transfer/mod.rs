//! Foreign formats in and out: so far the exports of WordPress, read as a stream and taken in item by item. Knows no
//! table of other rooms; what it brings passes through their doors like everything else.

mod queries;
mod report;
mod types;
mod wordpress;

pub use report::{Report, Tally};
pub use types::Keep;
pub use wordpress::{
    Approved, Author, Broken, Category, Comment, CommentKind, Discussion, Domain, Entry, Flaw, Item, ItemEnd, ItemKind,
    MAX_BATCH, MAX_FIELD, MAX_TERMS, Reader, Site, Status, Tag, Term, Warning, addresses, import_wordpress, markdown,
};
