//! What this room's values look like: on the wire and in rows.

mod own_data;
mod rows;
mod wire;

pub use own_data::{Linked, OwnAccount, OwnSession, Profile};
pub use rows::{
    AccountRow, Credentials, NewAccountRow, NewInvite, NewRefreshToken, NewSession, SessionRow, ShownToken, SignUpRow,
    SigningKeyRow,
};
pub use wire::{
    Account, Claim, Confirmation, Invitation, KeySet, LogIn, NewAccount, PublicKey, Refresh, Session, SessionPage,
    SignUp, SignUpAnswer, SignUpStatus, SignedIn, TokenType, Who,
};
