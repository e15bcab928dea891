//! How much waits, and how much was answered.

use crate::comments::Colleague;
use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{BigInt, Nullable, Timestamptz, Uuid as SqlUuid},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// How the desk stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DeskNumbers {
    /// Questions that wait and that nobody has claimed or put off.
    #[schema(example = 12)]
    pub waiting: i64,
    /// Questions that a coach is at.
    pub claimed: i64,
    /// Questions that are put off.
    pub snoozed: i64,
    /// When the oldest of those that wait was asked; null when there is none.
    pub oldest_at: Option<DateTime<Utc>>,
    /// For how long it has waited, seconds.
    #[schema(example = 5400)]
    pub oldest_seconds: Option<i64>,
    /// For how long the middle one of those that wait has, seconds; of the oldest 10,000 where there are more.
    #[schema(example = 1800)]
    pub median_seconds: Option<i64>,
    /// Questions that were answered in the thread since midnight (UTC).
    pub answered_today: i64,
    /// The same by who answered, the most first.
    pub by_coach: Vec<CoachNumber>,
    /// Whether any of the numbers is 10,000, beyond which nothing is counted, and there may be more.
    pub at_least: bool,
}

/// How many questions somebody has answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CoachNumber {
    /// Who; null for those who are gone.
    pub by: Option<Colleague>,
    /// How many.
    #[schema(example = 3)]
    pub answered: i64,
}

/// How many are open, as it is counted.
#[derive(Debug, Clone, QueryableByName)]
pub struct OpenCounts {
    #[diesel(sql_type = BigInt)]
    pub waiting: i64,
    #[diesel(sql_type = BigInt)]
    pub claimed: i64,
    #[diesel(sql_type = BigInt)]
    pub snoozed: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub oldest_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub median_at: Option<DateTime<Utc>>,
}

/// Answers of one person.
#[derive(Debug, Clone, QueryableByName)]
pub struct AnsweredBy {
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub answered_by: Option<Uuid>,
    #[diesel(sql_type = BigInt)]
    pub answered: i64,
}
