//! What somebody asks for who changes an account of their own.

use secrecy::SecretString;
use serde::Deserialize;
use utoipa::ToSchema;

/// What to change of one's profile; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditMe {
    /// The name beside what the person writes. It must not look like the name of somebody who works here.
    #[schema(min_length = 1, max_length = 60)]
    pub display_name: Option<String>,
    /// Plain text; blank takes it away.
    #[schema(max_length = 1000)]
    pub bio: Option<String>,
    /// An address that begins with `https:` or `http:`; blank takes it away.
    #[schema(max_length = 500, example = "https://example.org/")]
    pub website: Option<String>,
}

/// The address to have from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeEmail {
    /// Where the code is mailed to.
    #[schema(max_length = 254, example = "ada@example.org")]
    pub email: String,
    /// The present password.
    #[schema(value_type = String, format = Password, max_length = 1024)]
    pub password: SecretString,
}

/// The code that was mailed to the new address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EmailConfirmation {
    /// The code; good once, for one hour, for the account that asked.
    #[schema(value_type = String)]
    pub code: SecretString,
}

/// The password to have from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The present one.
    #[schema(value_type = String, format = Password, max_length = 1024)]
    pub current_password: SecretString,
    /// As at sign-up.
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 1024)]
    pub new_password: SecretString,
}

/// Whose password is lost.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordReset {
    /// The address of the account.
    #[schema(max_length = 254, example = "ada@example.org")]
    pub email: String,
}

/// The code out of a reset mail, and the password to have.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordRedemption {
    /// The code; good once, for ten minutes.
    #[schema(value_type = String)]
    pub code: SecretString,
    /// As at sign-up.
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 1024)]
    pub password: SecretString,
}
