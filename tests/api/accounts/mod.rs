//! Signing up, claiming, and who one is.

mod actions;
mod claim_account;
mod confirm_account;
mod erasure;
mod get_me;
mod sign_up;

use serde_json::{Value, json};

/// A sign-up that is acceptable.
fn form(email: &str) -> Value {
    json!({ "email": email, "password": crate::world::PASSWORD, "display_name": "Ada" })
}
