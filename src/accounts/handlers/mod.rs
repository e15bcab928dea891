//! HTTP in, HTTP out.

mod accounts;
mod keys;
mod sessions;

pub use accounts::routes as accounts;
pub use keys::get_jwks;
pub use sessions::routes as sessions;
