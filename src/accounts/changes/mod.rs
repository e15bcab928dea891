//! What its owner makes of an account that is there: another profile, address or password.

pub mod email;
pub mod password;
pub mod profile;
mod proof;
