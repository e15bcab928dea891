//! Every statement of the room, by question.

pub mod codes;
pub mod counts;
pub mod curation;
pub mod erasure;
pub mod first_below;
pub mod history;
pub mod insert;
pub mod moderation;
pub mod prints;
pub mod reactions;
pub mod thread;
pub mod write;

use crate::db::schema::{accounts, comments, guests};
use diesel::{dsl::auto_type, prelude::*};

/// Comments with who wrote them: what [`CommentRow`](super::types::CommentRow) selects from.
#[auto_type(no_type_alias)]
fn with_authors() -> _ {
    comments::table.left_join(accounts::table).left_join(guests::table.on(guests::id.nullable().eq(comments::guest_id)))
}
