//! How somebody goes: with what is kept of them, for a while, and for good.

mod closing;
mod erasure;
mod own_data;

pub use closing::{ErasureMode, begin_erasure, close, due_erasures, restore};
pub use erasure::{FORMER_MEMBER, erase_account};
pub use own_data::{own_account, own_sessions};
