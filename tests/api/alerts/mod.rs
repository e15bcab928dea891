//! Comments that should not wait, and those who are called because of them.

mod acknowledge_alert;
mod calls;
mod get_alert;
mod list_alerts;

use crate::world::{Person, World, until};
use reqwest::Method;
use serde_json::{Value, json};

const ALERTS: &str = "/v1/moderation/alerts";

/// What asks for somebody at once.
const NEED: &str = "I am going to kill myself tonight.";

/// What asks for somebody soon.
const SOON: &str = "I cut myself again last night.";

/// What asks for nobody.
const FINE: &str = "The soup was good.";

/// The alerts that are there, as those see them who are called.
async fn alerts(w: &World, by: &Person) -> Vec<Value> {
    w.see(by, ALERTS).await.expect(200)["items"].as_array().unwrap().clone()
}

/// The alert on a comment, once it is there and so many were called because of it.
async fn alert(w: &World, by: &Person, comment: &str, calls: u64) -> Value {
    let find = async || {
        let mut alerts = alerts(w, by).await.into_iter();
        alerts.find(|alert| alert["comment_id"] == comment && alert["calls"] == calls)
    };
    until(&format!("{calls} calls"), async || find().await.is_some()).await;
    find().await.unwrap()
}

/// Waits until a comment has no alert.
async fn over(w: &World, by: &Person, comment: &str) {
    until("the alert is over", async || !alerts(w, by).await.iter().any(|alert| alert["comment_id"] == comment)).await;
}

async fn set_on_call(w: &World, by: &Person, people: &[&Person]) {
    let ids: Vec<&str> = people.iter().map(|person| person.id.as_str()).collect();
    let request = w.request(Method::PUT, "/v1/moderation/on-call").bearer(&by.access_token);
    request.json(&json!({ "accounts": ids })).send().await.expect(200);
}

async fn acknowledge(w: &World, by: &Person, alert: &Value) -> crate::world::Reply {
    w.post_by(by, &format!("{ALERTS}/{}/acknowledge", alert["id"].as_str().unwrap()), &json!({})).await
}
