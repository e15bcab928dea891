//! People: how they sign up, prove who they are and stay signed in, and what role they have.
//!
//! Nothing here tells a stranger who has an account: whatever could, answers the same and works as long.

mod actions;
mod authenticator;
mod changes;
mod handlers;
mod keys;
mod letters;
mod names;
mod passwords;
mod queries;
mod registration;
mod rules;
mod sessions;
mod tokens;
mod types;

pub use actions::{
    create_account, find_by_email, import_account, invite, issue_session, list_accounts, set_role, sweep,
};
pub use authenticator::Authenticator;
pub use changes::erase_account;
pub use handlers::get_jwks;
pub use keys::Keys;
pub use letters::{closing as closing_letter, new_sign_in as new_sign_in_letter};
pub use names::is_staff_name;
pub use passwords::Hasher;
pub use rules::Email;
pub use tokens::Tokens;
pub use types::{Account, Invitation, NewAccount, Session, Who};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations under `/v1`.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.configure(handlers::accounts).configure(handlers::sessions);
}
