//! What goes over the wire.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Work for a client: a `nonce` is wanted such that the SHA-256 of `challenge`, a full stop and the nonce begins with
/// `bits` zero bits.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IssuedChallenge {
    /// What is hashed, and sent back as `token`.
    #[schema(min_length = 87, max_length = 87)]
    pub challenge: String,
    /// How: always `sha-256`.
    #[schema(example = "sha-256")]
    pub algorithm: &'static str,
    /// Zero bits that the hash begins with: one more doubles the work.
    #[schema(minimum = 0, maximum = 24, example = 16)]
    pub bits: u8,
    /// It is good from this time on.
    pub not_before: DateTime<Utc>,
    /// And before this.
    pub expires_at: DateTime<Utc>,
}

/// A challenge that was met. Each is good once.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SolvedChallenge {
    /// The `challenge` as it came.
    #[schema(max_length = 87)]
    pub token: String,
    /// What was found: printable ASCII.
    #[schema(max_length = 64, example = "48117")]
    pub nonce: String,
}
