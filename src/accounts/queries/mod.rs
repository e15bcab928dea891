//! Every statement of this room, by what it is about.

pub mod accounts;
pub mod identities;
pub mod invites;
pub mod keys;
pub mod second_factors;
pub mod services;
pub mod sessions;
pub mod signups;
