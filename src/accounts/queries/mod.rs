//! Every statement of this room, by what it is about.

pub mod accounts;
pub mod codes;
pub mod erasure;
pub mod invites;
pub mod keys;
pub mod sessions;
pub mod signups;
