//! In which role an account acts, and until when it may not. Pure.

use crate::{
    error::{Error, Result},
    http::permission::{Role, Scope},
};
use chrono::{DateTime, Utc};

/// How every service token begins, so that a leaked one is found by its looks.
pub const SERVICE_TOKEN: &str = "cst_";

/// A ban: somebody may not use the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ban {
    /// Until then; none is for good.
    pub until: Option<DateTime<Utc>>,
}

impl Ban {
    /// Whether it still holds.
    #[must_use]
    pub fn holds(self, now: DateTime<Utc>) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

/// The role in which an account acts: its own, or a reader's while a second factor is asked for and not shown.
#[must_use]
pub fn acting_role(role: Role, second_factor: bool, guarded: &[Role]) -> Role {
    if guarded.contains(&role) && !second_factor { Role::Reader } else { role }
}

/// Scopes as they are stored, separated by blanks.
///
/// # Errors
/// When one is not known.
pub fn read_scopes(stored: &str) -> Result<Vec<Scope>> {
    stored.split(' ').map(|name| Scope::try_from(name).map_err(Error::internal)).collect()
}
