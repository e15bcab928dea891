//! What becomes of an account that is there: another profile, address or password, and its end.

pub mod email;
mod erasure;
pub mod password;
pub mod profile;
mod proof;

pub use erasure::erase_account;
