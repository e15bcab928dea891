//! People: how they sign up, prove who they are and stay signed in, and what role they have.
//!
//! Nothing here tells a stranger who has an account: whatever could, answers the same and works as long.

mod acting;
mod actions;
mod authenticator;
mod handlers;
mod issuers;
mod keys;
mod letters;
mod log_in;
mod passwords;
mod queries;
mod registration;
mod rules;
mod second_factor;
mod services;
mod sessions;
mod staff;
mod standings;
mod tokens;
mod types;

pub use actions::{
    create_account, find_by_email, import_account, invite, issue_session, list_accounts, reset_second_factor, set_role,
    sweep,
};
pub use authenticator::Authenticator;
pub use handlers::get_jwks;
pub use issuers::Issuers;
pub use keys::{Keys, Rotation, TAG as KEYS_TAG, rotate_keys};
pub use passwords::Hasher;
pub use rules::Email;
pub use standings::Standings;
pub use tokens::Tokens;
pub use types::{Account, Invitation, NewAccount, Session, Who};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations under `/v1`.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.configure(handlers::accounts)
        .configure(handlers::second_factor)
        .configure(handlers::sessions)
        .configure(handlers::services)
        .configure(handlers::staff);
}
