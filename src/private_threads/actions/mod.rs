//! What handlers and other rooms may ask for. Each runs in the caller's transaction. None appends an event: nobody but those
//! in a thread may learn that anything happened.

mod coaches;
mod disclose;
mod drafts;
mod invite;
mod keep;
mod messages;
mod open;
mod seats;
mod state;
mod tell;
mod view;

pub use coaches::{admit, hand_over};
pub use disclose::disclose;
pub use drafts::{forget_draft, get_draft, keep_draft};
pub use invite::{accept, decline, invite};
pub use messages::{delete_message, edit_message, get_message, list_messages, mark_read, say};
pub use open::open;
pub use state::{close, erase, leave, reopen};
pub use view::{list_threads, list_waiting, view, views};
