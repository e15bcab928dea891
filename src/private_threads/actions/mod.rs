//! What handlers and other rooms may ask for. Each runs in the caller's transaction. None appends an event: nobody but those
//! in a thread may learn that anything happened.

mod break_glass;
mod coaches;
mod disclose;
mod drafts;
mod hand_out;
mod invite;
mod keep;
mod messages;
mod open;
mod person;
mod rotate;
mod seats;
mod state;
mod tell;
mod vacate;
mod view;

pub use break_glass::{break_glass, list_opened, see_opened};
pub use coaches::{admit, hand_over};
pub use disclose::disclose;
pub use drafts::{forget_draft, get_draft, keep_draft};
pub use hand_out::{list_of_reader, list_sent_by};
pub use invite::{accept, decline, invite};
pub use messages::{delete_message, edit_message, get_message, list_messages, mark_read, say};
pub use open::open;
pub use person::{erase_reader, forget_coach, hand_over_guest, takes_part};
pub use rotate::{Rotation, count_keys, rotate};
pub use state::{close, erase, leave, reopen};
pub use tell::tell_confirmed;
pub use vacate::vacate;
pub use view::{view, views};
