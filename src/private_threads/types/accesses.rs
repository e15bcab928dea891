//! Admins in threads that are not theirs.

use super::{PrivateCoach, PrivatePerson, ThreadState};
use crate::db::schema::private_accesses;
use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Why an admin has to read a thread.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BreakGlass {
    /// At most 500 characters. It is kept sealed with the thread, and shown to admins who read it for a reason of their own.
    #[schema(min_length = 1, max_length = 500, example = "Somebody may be in danger: report of 14 March.")]
    pub reason: String,
}

/// That an admin was let read a thread, as those who are in it see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PrivateAccess {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: PrivateAdmin,
    /// Until when.
    pub until: DateTime<Utc>,
}

/// An admin who was let read a thread.
#[derive(Debug, Serialize, ToSchema)]
pub struct PrivateAdmin {
    /// The account; null where it was erased.
    pub id: Option<Uuid>,
    /// The name that it chose.
    #[schema(example = "June")]
    pub name: String,
}

/// An access with its reason, as admins see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonedAccess {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: PrivateAdmin,
    /// Until when.
    pub until: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// A private thread, for an admin who has said why.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenedThread {
    /// Its id.
    pub id: Uuid,
    /// How it stands.
    pub state: ThreadState,
    /// What it is about, where the reader said so.
    pub title: Option<String>,
    /// The article that it is about.
    pub article_id: Option<Uuid>,
    /// The public comment that it continues.
    pub comment_id: Option<Uuid>,
    /// Whose it is.
    pub reader: PrivatePerson,
    /// Who was let in.
    pub coaches: Vec<PrivateCoach>,
    /// When it began, or when the commenter was invited.
    pub created_at: DateTime<Utc>,
    /// When it was closed; null while it is not.
    pub closed_at: Option<DateTime<Utc>>,
    /// The number of the last message; 0 before the first.
    #[schema(example = 12)]
    pub last_no: i64,
    /// Every access of an admin so far, the latest first.
    pub accesses: Vec<ReasonedAccess>,
    /// Until when you may read it.
    pub until: DateTime<Utc>,
}

/// An access as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = private_accesses, check_for_backend(Pg))]
pub struct AccessRow {
    pub id: Uuid,
    pub thread_id: Uuid,
    pub account_id: Option<Uuid>,
    pub reason_sealed: Vec<u8>,
    pub at: DateTime<Utc>,
    pub until: DateTime<Utc>,
}
