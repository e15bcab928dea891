//! What this room's values look like: on the wire and in rows.

mod own;
mod own_data;
mod rows;
mod second_factor;
mod services;
mod staff;
mod wire;

pub use own::{ChangeEmail, ChangePassword, EditMe, EmailConfirmation, PasswordRedemption, PasswordReset};
pub use own_data::{Linked, OwnAccount, OwnSession, Profile};
pub use rows::{
    AccountRow, AddressCode, IdentityRow, NewAccountRow, NewCode, NewIdentity, NewInvite, NewRefreshToken,
    NewSecondFactor, NewServiceToken, NewSession, ProfileRow, SecondFactorRow, ServiceStanding, ServiceTokenRow,
    SessionRow, SessionStanding, ShownToken, SignUpRow, SigningKeyRow,
};
pub use second_factor::{OneTimeCode, RecoveryCodes, SecondFactorSecret, SecondFactorStanding};
pub use services::{IssuedServiceToken, ServiceToken, ServiceTokenPage, ServiceTokenRequest};
pub use staff::{AccountPage, BanRequest, Person, RoleRequest};
pub use wire::{
    Accepted, Account, Carrier, Claim, Confirmation, Invitation, KeySet, LogIn, NewAccount, NextStep, PublicKey,
    Refresh, Session, SessionPage, SignUp, SignedIn, TokenType, Who,
};
