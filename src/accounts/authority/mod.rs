//! Who may act, and in which role: what a token says, held against what the account may do now.

mod acting;
mod authenticator;
mod standings;

pub use acting::{Ban, SERVICE_TOKEN, acting_role, read_scopes};
pub use authenticator::Authenticator;
pub use standings::{Standing, Standings};
