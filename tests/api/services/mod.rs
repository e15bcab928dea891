//! Tokens for programs.

mod issue_service_token;
mod list_service_tokens;
mod relay;
mod revoke_service_token;

use crate::world::{Reply, World};
use reqwest::Method;
use serde_json::Value;

async fn send(w: &World, method: Method, path: &str, token: &str, body: &Value) -> Reply {
    w.request(method, path).bearer(token).json(body).send().await
}
