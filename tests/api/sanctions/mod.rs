//! What somebody may not do for a while.

mod acknowledge_sanction;
mod forgetting;
mod get_sanction;
mod lay_sanction;
mod lift_sanction;
mod list_guest_sanctions;
mod list_own_sanctions;
mod list_sanctions;
mod writing;

use crate::world::{Person, Reply, World};
use reqwest::Method;
use serde_json::{Value, json};

/// Lays a sanction.
pub async fn lay(w: &World, by: &Person, body: &Value) -> Reply {
    w.request(Method::POST, "/v1/moderation/sanctions").bearer(&by.access_token).json(body).send().await
}

/// A sanction of a kind on a subject, because of abuse.
pub fn on(kind: &str, subject: &Value) -> Value {
    json!({ "kind": kind, "subject": subject, "reason": "abuse" })
}

/// A kind on an account.
pub fn account(kind: &str, person: &Person) -> Value {
    on(kind, &json!({ "account_id": person.id }))
}

/// Lifts a sanction.
async fn lift(w: &World, by: &Person, sanction: &Value) -> Reply {
    let path = format!("/v1/moderation/sanctions/{}", sanction["id"].as_str().unwrap());
    w.request(Method::DELETE, &path).bearer(&by.access_token).send().await
}

/// A reaction to a comment, which whoever is banned may not give.
async fn react(w: &World, authorization: &str, comment: &str) -> Reply {
    let request = w.request(Method::PUT, &format!("/v1/comments/{comment}/reactions/helpful"));
    request.header("authorization", authorization).send().await
}

/// What a guest posted from somewhere, with an address: the answer.
async fn post_from(w: &World, slug: &str, network: &str, email: &str) -> Value {
    let body = json!({ "body": format!("Hello, {}.", w.clock.id()), "guest": { "name": "Lantern", "email": email } });
    let request = w.request(Method::POST, &format!("/v1/articles/{slug}/comments")).from(network);
    request.json(&body).send().await.expect(201)
}

/// A guest introduces themselves from somewhere, perhaps with an address.
async fn introduce_from(w: &World, slug: &str, network: &str, email: Option<&str>) -> Reply {
    let request = w.request(Method::POST, &format!("/v1/articles/{slug}/guests")).from(network);
    request.json(&json!({ "name": "Candle", "email": email })).send().await
}
