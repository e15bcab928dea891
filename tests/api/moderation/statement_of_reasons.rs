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

#[actix_web::test]
async fn who_is_deleted_by_a_moderator_is_told_why_while_it_can_be_restored() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (reader, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let own = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "Buy this." })).await.expect(201));
    let path = format!("/v1/comments/{own}?reason=spam");
    let delete = w.request(Method::DELETE, &path).bearer(&moderator.access_token).header("if-match", "*");
    delete.send().await.expect(204);
    let viewer = format!("/v1/articles/{slug}/viewer");
    let seen = w.see(&reader, &viewer).await.expect(200)["comments"].clone();
    let decision = json!({
        "became": "deleted", "reason": "spam", "text": "It advertises something.", "message": null,
        "at": w.clock.now(), "automated": false,
    });
    assert_eq!((&seen[0]["id"], &seen[0]["status"]), (&json!(own), &json!("deleted")));
    assert_eq!(seen[0]["moderation"]["decision"], decision);
    assert!(!seen.to_string().contains("Buy this"));
    let log = w.see(&moderator, "/v1/moderation/log?reason=spam").await.expect(200);
    assert_eq!(log["items"][0]["comment_id"], json!(own));
    // Who takes it back, too, has nothing more to be told.
    w.delete(&reader.access_token, &own).await.expect(204);
    assert_eq!(w.see(&reader, &viewer).await.expect(200)["comments"], json!([]));
    let other = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "Buy that." })).await.expect(201));
    w.delete(&moderator.access_token, &other).await.expect(204);
    assert_eq!(
        w.see(&reader, &viewer).await.expect(200)["comments"][0]["moderation"]["decision"]["reason"],
        Value::Null
    );
    w.clock.set(w.clock.now() + chrono::TimeDelta::days(30));
    let (token, _) = w.log_in(&reader.email).await;
    assert_eq!(w.get_as(&token, &viewer).await.expect(200)["comments"], json!([]));
    let odd = w.request(Method::DELETE, &format!("/v1/comments/{own}?reason=taste")).bearer(&token).send().await;
    assert_eq!(odd.problem(400, "bad_request"), ["reason"]);
}

#[actix_web::test]
async fn who_is_refused_by_a_rule_is_told_that_nobody_looked() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (reader, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let rule = json!({ "name": "Casinos", "kind": "words", "action": "reject", "terms": ["casino"], "enabled": true });
    let rule = w.post_by(&moderator, "/v1/moderation/rules", &rule).await.expect(201);
    let posted = w.post_as(&reader.access_token, &slug, &json!({ "body": "The best casino." })).await.expect(201);
    let why = |comment: &Value| (comment["status"].clone(), comment["moderation"]["reasons"].clone());
    assert_eq!(why(&posted), (json!("rejected"), json!(["words"])));
    let own = w.see(&reader, &format!("/v1/articles/{slug}/viewer")).await.expect(200)["comments"][0].clone();
    assert_eq!(why(&own), (json!("rejected"), json!(["words"])));
    // It never waited: there is no verdict but the rule's, which a moderator finds with the words that it found.
    let history = w.see(&moderator, &format!("/v1/moderation/comments/{}/history", id(&posted))).await.expect(200);
    let hit = history["items"].as_array().unwrap().iter().find(|item| item["kind"] == "hit").unwrap();
    assert_eq!((&hit["check"], &hit["action"]), (&json!("words"), &json!("reject")));
    assert_eq!((&hit["detail"], &hit["rule_id"]), (&json!("casino"), &rule["id"]));
    w.give(&moderator, &id(&posted), "approve", json!({})).await.expect(200);
    assert_eq!(w.get(&format!("/v1/comments/{}", id(&posted))).await.expect(200)["status"], "visible");
}
