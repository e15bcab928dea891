//! What admins and moderators see of accounts, and say to them.

use super::rows::AccountRow;
use crate::http::permission::Role;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// An account as those see it who look after all of them: without its address.
#[derive(Debug, Serialize, ToSchema)]
pub struct Person {
    /// Its id.
    pub id: Uuid,
    /// The name beside what the person writes.
    pub display_name: String,
    /// What it may do.
    pub role: Role,
    /// Since when it exists.
    pub created_at: DateTime<Utc>,
    /// Since when it is banned; null where it is not.
    pub banned_at: Option<DateTime<Utc>>,
    /// Until when; null is for good.
    pub banned_until: Option<DateTime<Utc>>,
}

impl From<AccountRow> for Person {
    fn from(row: AccountRow) -> Self {
        let AccountRow { id, display_name, role, created_at, banned_at, banned_until, .. } = row;
        Self { id, display_name, role, created_at, banned_at, banned_until }
    }
}

/// Which accounts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct AccountPage {
    /// Only those with this role.
    pub role: Option<Role>,
    /// Items at most; 20 if not given, never more than 100.
    #[param(minimum = 1)]
    pub limit: Option<i64>,
    /// Out of `next` or `prev`.
    pub cursor: Option<String>,
}

/// The role that somebody is to have.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleRequest {
    /// Not `service`: services are made as tokens.
    pub role: Role,
}

/// Why, and for how long, somebody may not use the account.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BanRequest {
    /// For those who look at it later; the person is not told.
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
    /// Until then; for good if not given.
    pub until: Option<DateTime<Utc>>,
}
