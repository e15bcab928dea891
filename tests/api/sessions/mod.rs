//! Logging in, staying in, logging out.

mod end_all_sessions;
mod end_session;
mod get_jwks;
mod keys;
mod list_sessions;
mod log_in;
mod log_out;
mod refresh_session;
