//! What authors are told of what was decided on what they wrote.

use crate::world::{World, id};
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn an_author_is_told_why_and_nobody_else_is() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (reader, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let own =
        id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "Her number is 5550100." })).await.expect(201));
    let said = "Leave her number out; the rest may stay.";
    let why = json!({ "reason": "personal_data", "message": said });
    w.give(&moderator, &own, "reject", why).await.expect(200);
    let decision = json!({
        "became": "rejected", "reason": "personal_data", "text": "It tells who somebody is, or how to reach them.",
        "message": said, "at": w.clock.now(), "automated": false,
    });
    let viewer = w.see(&reader, &format!("/v1/articles/{slug}/viewer")).await.expect(200);
    assert_eq!(viewer["comments"][0]["moderation"]["decision"], decision);
    // Who decided is nobody's business but the publication's.
    assert!(!viewer.to_string().contains(&moderator.id));
    let thread = w.get(&format!("/v1/articles/{slug}/comments")).await;
    thread.expect(200);
    assert!(!thread.text().contains(said));
    let stranger = w.reader("Robin").await;
    assert!(!w.see(&stranger, &format!("/v1/articles/{slug}/viewer")).await.text().contains(said));
}

#[actix_web::test]
async fn a_guest_is_told_too_until_it_is_undone() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let posted = w.post_as_guest(&slug, "Buy this.", None).await.expect(201);
    let own = async || -> Value {
        let list = w.request(Method::GET, "/v1/guests/me/comments").guest(posted["manage_token"].as_str().unwrap());
        list.send().await.expect(200)["items"][0].clone()
    };
    let given = w.give(&moderator, &id(&posted), "reject", json!({ "reason": "spam" })).await.expect(200);
    let decision = own().await["moderation"]["decision"].clone();
    assert_eq!((&decision["reason"], &decision["message"]), (&json!("spam"), &Value::Null));
    let undo = format!("/v1/moderation/verdicts/{}/undo", given["verdict_id"].as_str().unwrap());
    w.post_by(&moderator, &undo, &json!({})).await.expect(200);
    assert_eq!((&own().await["status"], own().await.get("moderation")), (&json!("visible"), None));
}
