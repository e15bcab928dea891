//! The publication's rules.

mod create_rule;
mod delete_rule;
mod edit_rule;
mod get_rule;
mod in_force;
mod list_rules;
mod try_rule;

use crate::world::{Reply, World};
use reqwest::Method;
use serde_json::{Value, json};

const RULES: &str = "/v1/moderation/rules";

/// A rule on these words.
fn words(terms: &[&str]) -> Value {
    json!({ "name": "Casino spam", "kind": "words", "action": "hold", "terms": terms, "enabled": true })
}

/// The same with some fields changed; null takes one out.
fn but(mut rule: Value, changes: Value) -> Value {
    if let (Value::Object(rule), Value::Object(changes)) = (&mut rule, changes) {
        rule.extend(changes);
        rule.retain(|_, value| !value.is_null());
    }
    rule
}

async fn create(w: &World, token: &str, rule: &Value) -> Reply {
    w.request(Method::POST, RULES).bearer(token).json(rule).send().await
}

async fn edit(w: &World, token: &str, rule: &Value, changes: &Value) -> Reply {
    let request = w.request(Method::PATCH, &path(rule)).bearer(token).json(changes);
    request.header("if-match", &format!("\"{}\"", rule["revision"])).send().await
}

fn path(rule: &Value) -> String {
    format!("{RULES}/{}", rule["id"].as_str().unwrap())
}

/// What becomes of a text that somebody sends.
async fn becomes(w: &World, slug: &str, text: &str) -> String {
    let posted = w.post_as_guest(slug, text, None).await;
    if posted.status == 201 {
        posted.json()["status"].as_str().unwrap().to_owned()
    } else {
        posted.json()["code"].as_str().unwrap().to_owned()
    }
}
