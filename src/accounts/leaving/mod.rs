//! How somebody goes: with what is kept of them, for a while, and for good.

mod closing;
mod erasure;
mod own_data;

pub use closing::{ErasureMode, Held, begin_erasure, close, due_for_erasure, hold_for_erasure, restore};
pub use erasure::{FORMER_MEMBER, erase_account};
pub use own_data::{list_own_sessions, see_own_account};
