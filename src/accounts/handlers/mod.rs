//! HTTP in, HTTP out.

mod accounts;
mod keys;
mod me;
mod password_resets;
mod sessions;

pub use accounts::routes as accounts;
pub use keys::get_jwks;
pub use sessions::routes as sessions;
