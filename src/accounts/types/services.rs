//! Tokens for programs, over the wire.

use crate::http::permission::Scope;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// What a token for a program is asked for with.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceTokenRequest {
    /// What it is for, to tell it from the others.
    #[schema(min_length = 1, max_length = 60, example = "Build of the website")]
    pub name: String,
    /// What it is good for.
    #[schema(min_items = 1)]
    pub scopes: Vec<Scope>,
    /// Days until it expires; 90 if not given, 365 at most.
    #[schema(minimum = 1, maximum = 365)]
    pub expires_in_days: Option<u16>,
}

/// A token for a program, without its secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServiceToken {
    /// Its id: that of the account in whose name it acts.
    pub id: Uuid,
    /// What it is for.
    pub name: String,
    /// What it is good for.
    pub scopes: Vec<Scope>,
    /// Who made it.
    pub created_by: Option<Uuid>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Until when it is good.
    pub expires_at: DateTime<Utc>,
    /// When it was last used, to the minute or so; null if never.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A token that was just made.
#[derive(Serialize, ToSchema)]
pub struct IssuedServiceToken {
    /// To be sent as `Authorization: Bearer …`. Nobody can show it again.
    #[schema(example = "cst_4f0…")]
    pub token: String,
    /// What is known of it.
    #[serde(flatten)]
    pub about: ServiceToken,
}

/// Which part of the list of service tokens.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ServiceTokenPage {
    /// Items at most; 20 if not given, never more than 100.
    #[param(minimum = 1)]
    pub limit: Option<i64>,
    /// Out of `next` or `prev`.
    pub cursor: Option<String>,
}
