//! What handlers and other rooms may ask for. Each runs in the caller's transaction. None appends an event: nobody but those
//! in a thread may learn that anything happened.

mod break_glass;
mod coaches;
mod disclose;
mod drafts;
mod invite;
mod keep;
mod messages;
mod open;
mod person;
mod rotate;
mod seats;
mod state;
mod tell;
mod view;

pub use break_glass::{break_glass, list_opened, see_opened};
pub use coaches::{admit, hand_over};
pub use disclose::disclose;
pub use drafts::{forget_draft, get_draft, keep_draft};
pub use invite::{accept, decline, invite};
pub use messages::{delete_message, edit_message, get_message, list_messages, mark_read, say};
pub use open::open;
pub use person::{erase_reader, forget_coach, hand_over_guest, has_reader, list_of_reader, list_sent_by};
pub use rotate::{Rotation, count_keys, rotate};
pub use state::{close, erase, erase_if_empty, leave, reopen};
pub use tell::tell_confirmed;
pub use view::{list_threads, list_waiting, view, views};
