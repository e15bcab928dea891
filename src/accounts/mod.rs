//! People: how they sign up, prove who they are and stay signed in, and what role they have.
//! Nothing here tells a stranger who has an account: whatever could, answers the same and works as long.

mod actions;
mod authority;
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
mod tokens;
mod types;

pub use actions::{
    ban, create_account, find_by_email, find_staff, hold_account, holder_of, import_account, invite, issue_session,
    lift_ban, list_accounts, list_addresses, list_staff_roles, outrank, reset_second_factor, set_role, sweep,
};
pub use authority::{Authenticator, Standings};
pub use handlers::{get_jwks, routes};
pub use issuers::Issuers;
pub use keys::{Keys, Rotation, TAG as KEYS_TAG, rotate_keys};
pub use leaving::{
    ErasureMode, FORMER_MEMBER, begin_erasure, close, due_erasures, erase_account, own_account, own_sessions, restore,
};
pub use names::{NameHolder, name_holders, names_of};
pub use passwords::Hasher;
pub use rules::Email;
pub use tokens::Tokens;
pub use types::{Account, BanRequest, Invitation, NewAccount, OwnAccount, OwnSession, Person, Session, Who};
