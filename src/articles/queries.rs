//! Every statement on articles. Authors' names are joined from accounts, read only.

mod filing;
mod own;
mod read;
mod thread;
mod write;

pub use filing::{find_tag, list_filings};
pub use own::list_by_author;
pub use read::{Place, authors_of, by_id, by_published_slug, drafts, published, resolve, tags_of, whole};
pub use thread::for_comments;
pub use write::{
    insert, keep_addresses, keep_revision, keep_slug, lock, lock_by_id, set_authors, set_status, set_tags,
    take_free_slug, update, writers_among,
};
