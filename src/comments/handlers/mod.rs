//! HTTP in, HTTP out.

mod erase;
mod guests;
mod read;
mod write;

pub use erase::erase_guest;
pub use guests::confirm_guest;
pub use read::{count_comments, get_comment, list_comments, list_replies};
pub use write::{delete_comment, edit_comment, post_comment};
