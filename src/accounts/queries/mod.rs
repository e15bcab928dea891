//! Every statement of this room, by what it is about.

pub mod accounts;
pub mod closing;
pub mod codes;
pub mod erasure;
pub mod identities;
pub mod invites;
pub mod keys;
pub mod own_data;
pub mod second_factors;
pub mod services;
pub mod sessions;
pub mod signups;
