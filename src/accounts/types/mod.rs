//! What this room's values look like: on the wire and in rows.

mod own;
mod rows;
mod wire;

pub use own::{ChangeEmail, ChangePassword, EditMe, EmailConfirmation, PasswordRedemption, PasswordReset};
pub use rows::{
    AccountRow, AddressCode, Credentials, NewAccountRow, NewCode, NewInvite, NewRefreshToken, NewSession, Profile,
    SessionRow, ShownToken, SignUpRow, SigningKeyRow,
};
pub use wire::{
    Accepted, Account, Claim, Confirmation, Invitation, KeySet, LogIn, NewAccount, NextStep, PublicKey, Refresh,
    Session, SessionPage, SignUp, SignedIn, TokenType, Who,
};
