//! Who wrote a comment, by all that is known of them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

/// Who wrote a comment.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct CommentOrigin {
    /// The account.
    pub account_id: Option<Uuid>,
    /// The guest.
    pub guest_id: Option<Uuid>,
    members_address: Option<Vec<u8>>,
    guests_address: Option<Vec<u8>>,
    confirmed_at: Option<DateTime<Utc>>,
    /// The keyed hash of the network from which it came, as long as that is kept.
    pub network_hash: Option<Vec<u8>>,
}

impl CommentOrigin {
    /// The keyed hash of an address that was shown to be theirs: whoever only gave it may have given somebody else's.
    #[must_use]
    pub fn email_hash(&self) -> Option<&[u8]> {
        let confirmed = self.guests_address.as_deref().filter(|_| self.confirmed_at.is_some());
        self.members_address.as_deref().or(confirmed)
    }
}
