//! What this room's values look like: on the wire and in rows.

mod rows;
mod wire;

pub use rows::{
    AccountRow, Credentials, IdentityRow, NewAccountRow, NewIdentity, NewInvite, NewRefreshToken, NewSession,
    SessionRow, ShownToken, SignUpRow, SigningKeyRow,
};
pub use wire::{
    Account, Claim, Confirmation, Invitation, KeySet, LogIn, NewAccount, PublicKey, Refresh, Session, SessionPage,
    SignUp, SignUpAnswer, SignUpStatus, SignedIn, TokenType, Who,
};
