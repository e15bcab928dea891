//! What admins and moderators do to other people's accounts.

mod ban_account;
mod lift_ban;
mod list_accounts;
mod set_role;

use crate::world::{Person, Reply, World};
use reqwest::Method;
use serde_json::Value;

async fn send(w: &World, method: Method, path: &str, by: &Person, body: &Value) -> Reply {
    w.request(method, path).bearer(&by.access_token).json(body).send().await
}
