//! The second factor, over the wire.

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How an account stands with a second factor.
#[derive(Debug, Serialize, ToSchema)]
pub struct SecondFactorStanding {
    /// Since when a code is asked for at log-in; null where there is none.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// Recovery codes that have not been used.
    pub recovery_codes_left: i64,
}

/// What an authenticator app is to remember. Shown once.
#[derive(Serialize, ToSchema)]
pub struct SecondFactorSecret {
    /// To be typed in: base 32.
    pub secret: String,
    /// To be shown as a QR code.
    #[schema(example = "otpauth://totp/The%20Long%20Table:1f0c?secret=…&issuer=The%20Long%20Table")]
    pub uri: String,
}

/// A code that the app shows.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OneTimeCode {
    /// Six digits.
    #[schema(value_type = String, max_length = 64, example = "287082")]
    pub code: SecretString,
}

/// Codes for when the app is lost, each good once. Shown once.
#[derive(Serialize, ToSchema)]
pub struct RecoveryCodes {
    /// To be written down.
    pub recovery_codes: Vec<String>,
}
