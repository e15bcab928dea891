//! Readers of another issuer of tokens: who gets in as whom, what is refused, and whom we ask for keys.

mod accounts;
mod issuer;
mod keys;
mod tokens;

use crate::world::{Reply, World};
use reqwest::Method;

/// Who one is with a token.
async fn me(w: &World, token: &str) -> Reply {
    w.request(Method::GET, "/v1/accounts/me").bearer(token).send().await
}
