//! How often somebody may ask, and for how long things are kept. Pure.

use super::types::{ExportRow, Form};
use crate::error::{Error, Result};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// How long an export can be fetched.
pub const EXPORT_KEPT: TimeDelta = TimeDelta::days(7);

/// How long one node has to prepare an export, before another takes over.
pub const LEASE: TimeDelta = TimeDelta::minutes(5);

/// Exports that somebody may ask for in [`PERIOD`].
const MAX_EXPORTS: usize = 3;

/// In which time exports are counted.
pub const PERIOD: TimeDelta = TimeDelta::days(1);

/// After how many seconds it makes sense to look whether an export is ready.
const LOOK_AGAIN: u32 = 60;

/// Whether somebody may ask for another export: not while one is being prepared, and three times a day. `recent` are
/// those of the last day and those that are being prepared, the oldest first.
///
/// # Errors
/// [`Code::TooManyRequests`](crate::error::Code::TooManyRequests).
pub fn may_request(recent: &[ExportRow], now: DateTime<Utc>) -> Result<()> {
    if recent.iter().any(|export| export.finished_at.is_none()) {
        return Err(Error::too_many(LOOK_AGAIN));
    }
    match recent.len().checked_sub(MAX_EXPORTS).and_then(|first| recent.get(first)) {
        Some(first) => {
            let wait = (first.created_at + PERIOD - now).num_seconds().max(1);
            Err(Error::too_many(u32::try_from(wait).unwrap_or(u32::MAX)))
        }
        None => Ok(()),
    }
}

/// Beside what alone a sealed export opens: itself, its owner and its form.
#[must_use]
pub fn bound_to(id: Uuid, account_id: Uuid, form: Form) -> Vec<u8> {
    let form: &[u8] = match form {
        Form::Document => b"document",
        Form::Archive => b"archive",
    };
    [id.as_bytes(), account_id.as_bytes(), form].concat()
}
