//! What tests of a guest's own affairs begin with.

use crate::world::{Reply, World};
use reqwest::Method;
use serde_json::{Value, json};

/// A guest who has written something: the answer to it, which holds the manage token.
pub async fn guest_of(w: &World, slug: &str, name: &str) -> Value {
    let body = json!({ "body": "Something.", "guest": { "name": name } });
    w.post(&format!("/v1/articles/{slug}/comments"), &body).await.expect(201)
}

/// The manage token in an answer.
pub fn token(answer: &Value) -> &str {
    answer["manage_token"].as_str().unwrap()
}

/// A request as a guest.
pub async fn as_guest(w: &World, token: &str, method: Method, path: &str, body: Option<Value>) -> Reply {
    let request = w.request(method, path).guest(token);
    match body {
        Some(body) => request.json(&body).send().await,
        None => request.send().await,
    }
}
