//! What this room's values look like: on the wire and in rows.

mod own_data;
mod rows;
mod second_factor;
mod services;
mod staff;
mod wire;

pub use own_data::{Linked, OwnAccount, OwnSession, Profile};
pub use rows::{
    AccountRow, IdentityRow, NewAccountRow, NewIdentity, NewInvite, NewRefreshToken, NewSecondFactor, NewServiceToken,
    NewSession, SecondFactorRow, ServiceStanding, ServiceTokenRow, SessionRow, SessionStanding, ShownToken, SignUpRow,
    SigningKeyRow,
};
pub use second_factor::{OneTimeCode, RecoveryCodes, SecondFactorSecret, SecondFactorStanding};
pub use services::{IssuedServiceToken, ServiceToken, ServiceTokenPage, ServiceTokenRequest};
pub use staff::{AccountPage, BanRequest, Person, RoleRequest};
pub use wire::{
    Account, Carrier, Claim, Confirmation, Invitation, KeySet, LogIn, NewAccount, PublicKey, Refresh, Session,
    SessionPage, SignUp, SignUpAnswer, SignUpStatus, SignedIn, TokenType, Who,
};
