//! People and sessions as they are stored.

use super::{
    super::{
        authority::{Ban, Standing, read_scopes},
        rules::Email,
    },
    own::EditMe,
    services::ServiceToken,
    wire::{Account, SignedIn, account_event},
};
use crate::{
    db::schema::{
        account_codes, accounts, external_identities, invites, refresh_tokens, second_factors, service_tokens,
        sessions, signing_keys, signups,
    },
    error::Result,
    events::Event,
    http::permission::Role,
    secrets::Secrets,
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

#[derive(Queryable, Selectable)]
#[diesel(table_name = accounts)]
pub struct AccountRow {
    pub id: Uuid,
    pub revision: i64,
    pub display_name: String,
    #[diesel(deserialize_as = String)]
    pub role: Role,
    pub email_sealed: Option<Vec<u8>>,
    pub bio: String,
    pub website: Option<String>,
    pub created_at: DateTime<Utc>,
    pub banned_at: Option<DateTime<Utc>>,
    pub banned_until: Option<DateTime<Utc>>,
    pub erase_at: Option<DateTime<Utc>>,
}

impl AccountRow {
    /// The last ban, which may be over.
    pub fn ban(&self) -> Option<Ban> {
        self.banned_at.map(|_| Ban { until: self.banned_until })
    }

    pub fn open(self, secrets: &Secrets) -> Result<Account> {
        let Self { id, revision, display_name, role, email_sealed, bio, website, created_at, .. } = self;
        let erased_after = self.erase_at;
        let email = email_sealed.map(|sealed| Email::open(secrets, id, &sealed)).transpose()?;
        Ok(Account { id, revision, display_name, role, email, bio, website, created_at, erased_after })
    }
}

impl AccountRow {
    /// Something that happened to the account.
    pub fn event(&self, kind: &'static str, actor_id: Option<Uuid>) -> Event {
        account_event(self.id, self.revision, kind, actor_id)
    }
}

/// What people say of themselves.
#[derive(Debug, PartialEq, Eq, AsChangeset)]
#[diesel(table_name = accounts, treat_none_as_null = true)]
pub struct ProfileRow {
    pub display_name: String,
    pub bio: String,
    pub website: Option<String>,
}

impl ProfileRow {
    /// What an account says, and what it is going to say after changes that are acceptable.
    pub fn turn(account: &AccountRow, changes: EditMe) -> (Self, Self) {
        let AccountRow { display_name, bio, website, .. } = account;
        let before = Self { display_name: display_name.clone(), bio: bio.clone(), website: website.clone() };
        let after = Self {
            display_name: changes.display_name.unwrap_or_else(|| display_name.clone()),
            bio: changes.bio.unwrap_or_else(|| bio.clone()),
            website: changes.website.map_or_else(|| website.clone(), |new| Some(new).filter(|new| !new.is_empty())),
        };
        (before, after)
    }
}

#[derive(Insertable)]
#[diesel(table_name = accounts)]
pub struct NewAccountRow {
    pub id: Uuid,
    pub display_name: String,
    /// From [`text::name_skeleton`](crate::text::name_skeleton) of the display name.
    pub name_skeleton: String,
    pub role: &'static str,
    pub email_hash: Option<Vec<u8>>,
    pub email_sealed: Option<Vec<u8>>,
    pub password_hash: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// Somebody whom another issuer knows, and how their account stands now.
#[derive(Queryable, Selectable)]
#[diesel(table_name = accounts)]
pub struct IdentityRow {
    #[diesel(select_expression = external_identities::account_id)]
    pub account_id: Uuid,
    #[diesel(deserialize_as = String)]
    pub role: Role,
    /// Tokens made until then are not good any more.
    #[diesel(select_expression = external_identities::valid_from)]
    pub valid_from: DateTime<Utc>,
    pub banned_at: Option<DateTime<Utc>>,
    /// None while banned means for good.
    pub banned_until: Option<DateTime<Utc>>,
    pub erased_at: Option<DateTime<Utc>>,
}

impl IdentityRow {
    pub fn ban(&self) -> Option<Ban> {
        self.banned_at.map(|_| Ban { until: self.banned_until })
    }
}

#[derive(Insertable)]
#[diesel(table_name = external_identities)]
pub struct NewIdentity<'a> {
    pub issuer: &'a str,
    pub subject_hash: &'a [u8],
    pub account_id: Uuid,
    pub created_at: DateTime<Utc>,
    pub valid_from: DateTime<Utc>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = signups)]
pub struct SignUpRow {
    pub id: Uuid,
    pub code_hash: Vec<u8>,
    pub email_hash: Vec<u8>,
    pub email_sealed: Vec<u8>,
    pub display_name: String,
    pub password_hash: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// A code that is mailed to the owner of an account.
#[derive(Insertable)]
#[diesel(table_name = account_codes)]
pub struct NewCode {
    pub code_hash: Vec<u8>,
    pub account_id: Uuid,
    pub purpose: &'static str,
    pub email_hash: Option<Vec<u8>>,
    pub email_sealed: Option<Vec<u8>>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// The address that a code verifies.
#[derive(Queryable, Selectable)]
#[diesel(table_name = account_codes)]
pub struct AddressCode {
    pub email_hash: Option<Vec<u8>>,
    pub email_sealed: Option<Vec<u8>>,
}

#[derive(Insertable)]
#[diesel(table_name = second_factors)]
pub struct NewSecondFactor {
    pub account_id: Uuid,
    pub secret_sealed: Vec<u8>,
    pub created_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = second_factors)]
pub struct SecondFactorRow {
    pub secret_sealed: Vec<u8>,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub last_step: i64,
}

#[derive(Insertable)]
#[diesel(table_name = service_tokens)]
pub struct NewServiceToken {
    pub account_id: Uuid,
    pub token_hash: Vec<u8>,
    pub scopes: String,
    pub created_by: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// A service token with the name of its account.
#[derive(Queryable)]
pub struct ServiceTokenRow {
    pub id: Uuid,
    pub name: String,
    pub scopes: String,
    pub created_by: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub last_used_at: Option<DateTime<Utc>>,
}

impl ServiceTokenRow {
    pub fn read(self) -> Result<ServiceToken> {
        let Self { id, name, scopes, created_by, created_at, expires_at, last_used_at } = self;
        Ok(ServiceToken { id, name, scopes: read_scopes(&scopes)?, created_by, created_at, expires_at, last_used_at })
    }
}

#[derive(Insertable)]
#[diesel(table_name = invites)]
pub struct NewInvite {
    pub id: Uuid,
    pub account_id: Uuid,
    pub code_hash: Vec<u8>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

#[derive(Insertable)]
#[diesel(table_name = sessions)]
pub struct NewSession {
    pub id: Uuid,
    pub account_id: Uuid,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    /// When the person last proved who they are.
    pub proven_at: DateTime<Utc>,
    pub second_factor_at: Option<DateTime<Utc>>,
    pub network_hash: Option<Vec<u8>>,
}

#[derive(Insertable)]
#[diesel(table_name = refresh_tokens)]
pub struct NewRefreshToken {
    pub token_hash: Vec<u8>,
    pub session_id: Uuid,
    pub issued_at: DateTime<Utc>,
}

/// A session in a list.
#[derive(Queryable)]
pub struct SessionRow {
    pub id: Uuid,
    pub created_at: DateTime<Utc>,
    pub refreshed_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

impl SessionRow {
    pub fn seen_from(self, current: Option<Uuid>) -> SignedIn {
        let Self { id, created_at, refreshed_at, expires_at } = self;
        SignedIn { id, created_at, refreshed_at, expires_at, current: Some(id) == current }
    }
}

/// Who shows the token of a session.
#[derive(Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub struct SessionStanding {
    id: Uuid,
    account_id: Uuid,
    expires_at: DateTime<Utc>,
    proven_at: DateTime<Utc>,
    second_factor_at: Option<DateTime<Utc>>,
    #[diesel(embed)]
    account: AccountStanding,
}

/// What an account may do, and until when it may not.
#[derive(Queryable, Selectable)]
#[diesel(table_name = accounts)]
pub struct AccountStanding {
    #[diesel(deserialize_as = String)]
    role: Role,
    banned_at: Option<DateTime<Utc>>,
    banned_until: Option<DateTime<Utc>>,
}

impl AccountStanding {
    pub fn ban(&self) -> Option<Ban> {
        self.banned_at.map(|_| Ban { until: self.banned_until })
    }
}

impl SessionStanding {
    pub fn read(self) -> Standing {
        Standing {
            account_id: self.account_id,
            session_id: Some(self.id),
            role: self.account.role,
            scopes: Vec::new(),
            expires_at: self.expires_at,
            proven_at: self.proven_at,
            second_factor: self.second_factor_at.is_some(),
            ban: self.account.ban(),
        }
    }
}

/// Who shows a service token.
#[derive(Queryable, Selectable)]
#[diesel(table_name = service_tokens)]
pub struct ServiceStanding {
    account_id: Uuid,
    scopes: String,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
}

impl ServiceStanding {
    pub fn read(self) -> Result<Standing> {
        Ok(Standing {
            account_id: self.account_id,
            session_id: None,
            role: Role::Service,
            scopes: read_scopes(&self.scopes)?,
            expires_at: self.expires_at,
            proven_at: self.created_at,
            second_factor: false,
            ban: None,
        })
    }
}

/// A refresh token that somebody shows, with its session.
#[derive(Queryable)]
pub struct ShownToken {
    pub session_id: Uuid,
    pub account_id: Uuid,
    pub used_at: Option<DateTime<Utc>>,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = signing_keys)]
pub struct SigningKeyRow {
    pub kid: String,
    pub private_sealed: Vec<u8>,
    pub created_at: DateTime<Utc>,
    /// From when on it signs; before that it is only published, so that everybody knows it by then.
    pub signs_from: DateTime<Utc>,
    /// Until when what it signed is good.
    pub retired_at: Option<DateTime<Utc>>,
}
