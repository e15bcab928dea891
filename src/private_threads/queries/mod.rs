//! Every statement of this room. Whoever writes into a thread holds its row, so that its messages are numbered without gaps
//! and nobody writes after having been taken out.

pub mod accesses;
pub mod coaches;
pub mod drafts;
pub mod erasure;
pub mod keys;
pub mod messages;
pub mod names;
pub mod succession;
pub mod threads;
