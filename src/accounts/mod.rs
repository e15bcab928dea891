//! People: how they sign up, prove who they are and stay signed in, and what role they have.
//!
//! Nothing here tells a stranger who has an account: whatever could, answers the same and works as long.

mod acting;
mod actions;
mod authenticator;
mod changes;
mod handlers;
mod issuers;
mod keys;
mod leaving;
mod letters;
mod log_in;
mod names;
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
pub use handlers::{get_jwks, routes};
pub use issuers::Issuers;
pub use keys::{Keys, Rotation, TAG as KEYS_TAG, rotate_keys};
pub use leaving::{
    ErasureMode, FORMER_MEMBER, Held, begin_erasure, close, due_for_erasure, erase_account, hold_for_erasure,
    list_own_sessions, restore, see_own_account,
};
pub use names::is_staff_name;
pub use passwords::Hasher;
pub use rules::Email;
pub use standings::Standings;
pub use tokens::Tokens;
pub use types::{Account, Invitation, NewAccount, OwnAccount, OwnSession, Session, Who};
