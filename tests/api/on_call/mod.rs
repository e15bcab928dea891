//! Who is called when a comment should not wait.

mod get_on_call;
mod set_on_call;

use crate::world::{Person, Reply, World};
use reqwest::Method;
use serde_json::{Value, json};

const ON_CALL: &str = "/v1/moderation/on-call";

async fn set(w: &World, by: &Person, accounts: &[&str]) -> Reply {
    put(w, by, &json!({ "accounts": accounts })).await
}

async fn put(w: &World, by: &Person, body: &Value) -> Reply {
    w.request(Method::PUT, ON_CALL).bearer(&by.access_token).json(body).send().await
}
