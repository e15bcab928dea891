//! Every statement of the room, by question.

pub mod anchors;
pub mod answers;
pub mod askers;
pub mod claims;
pub mod codes;
pub mod context;
pub mod continued;
pub mod corrections;
pub mod counts;
pub mod curation;
pub mod erasure;
pub mod exchange;
pub mod external;
pub mod history;
pub mod insert;
pub mod mentions;
pub mod moderation;
pub mod nested;
pub mod networks;
pub mod own_guests;
pub mod people;
pub mod prints;
pub mod queue;
mod ranked;
pub mod reactions;
pub mod recent;
pub mod reports;
pub mod reviews;
pub mod search;
pub mod settle;
pub mod standings;
pub mod thread;
pub mod urgent;
pub mod verdicts;
pub mod viewer;
pub mod write;

use crate::db::schema::{accounts, comments, guests};
use diesel::{dsl::auto_type, prelude::*};

/// Comments with who wrote them: what [`CommentRow`](super::types::CommentRow) selects from.
#[auto_type(no_type_alias)]
fn with_authors() -> _ {
    comments::table.left_join(accounts::table).left_join(guests::table.on(guests::id.nullable().eq(comments::guest_id)))
}

/// The same for statements that are not in the query builder. Each author is looked up by the primary key: LIMIT keeps Postgres
/// from reading all accounts and guests into a hash because a page might show a thousand comments.
const AUTHORS: &str = "
    LEFT JOIN LATERAL (SELECT * FROM accounts WHERE accounts.id = comments.account_id LIMIT 1) AS accounts ON true
    LEFT JOIN LATERAL (SELECT * FROM guests WHERE guests.id = comments.guest_id LIMIT 1) AS guests ON true";
