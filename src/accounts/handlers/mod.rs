//! HTTP in, HTTP out.

mod accounts;
mod cookie;
mod keys;
mod second_factor;
mod services;
mod sessions;
mod staff;

pub use accounts::routes as accounts;
pub use keys::get_jwks;
pub use second_factor::routes as second_factor;
pub use services::routes as services;
pub use sessions::routes as sessions;
pub use staff::routes as staff;
