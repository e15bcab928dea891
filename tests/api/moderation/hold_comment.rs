use crate::world::{CAREFUL, World};
use chrono::TimeDelta;
use serde_json::json;

#[actix_web::test]
async fn what_is_held_disappears_and_waits() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let root = w.say(&slug, "Hello.", None).await;
    let reply = w.say(&slug, "Worrying.", Some(&root)).await;
    let held = w.give(&moderator, &reply, "hold", json!({ "reason": "unsafe_detail" })).await.expect(200);
    assert_eq!(held["comment"]["status"], "held");
    let thread = w.get(&format!("/v1/articles/{slug}/comments")).await;
    assert_eq!((&thread.expect(200)["count"], thread.text().contains("Worrying")), (&json!(1), false));
    assert_eq!(w.queued(&moderator, "state=held").await, std::slice::from_ref(&reply));
    w.assert_counters_right().await;
    w.decide(&moderator.access_token, &reply, "approve").await.expect(200);
    assert!(w.queued(&moderator, "").await.is_empty());
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn what_waits_keeps_its_place_and_its_priority() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let moderator = w.moderator("Mo").await;
    let comment = w.say(&slug, "Hello.", None).await;
    let since = w.clock.now();
    w.prioritise(&comment, 2).await;
    w.clock.set(since + TimeDelta::minutes(3));
    w.give(&moderator, &comment, "hold", json!({})).await.expect(200);
    let item = w.see(&moderator, "/v1/moderation/queue").await.expect(200)["items"][0].clone();
    assert_eq!((&item["state"], &item["queued_at"], &item["priority"]), (&json!("held"), &json!(since), &json!(2)));
}

#[actix_web::test]
async fn what_is_held_or_deleted_is_no_more_to_hold() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let comment = w.say(&slug, "Hello.", None).await;
    let stale = w.give(&moderator, &comment, "hold", json!({ "revision": 2 })).await;
    assert_eq!(stale.problem(412, "precondition_failed"), ["#/revision"]);
    w.give(&moderator, &comment, "hold", json!({ "revision": 1 })).await.expect(200);
    let refused = w.give(&moderator, &comment, "hold", json!({})).await;
    refused.problem(409, "conflict");
    assert_eq!(refused.json()["detail"], "The comment is held.");
    w.delete(&moderator.access_token, &comment).await.expect(204);
    w.give(&moderator, &comment, "hold", json!({})).await.problem(409, "conflict");
    w.give(&w.coach("Colin").await, &comment, "hold", json!({})).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn what_somebody_wrote_who_is_erased_waits_like_any_other() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let posted = w.post_as_guest(&slug, "Worrying.", None).await.expect(201);
    let (comment, token) = (posted["id"].as_str().unwrap(), posted["manage_token"].as_str().unwrap());
    let erase = w.request(reqwest::Method::DELETE, "/v1/guests/me?comments=anonymise").guest(token);
    erase.send().await.expect(204);
    w.give(&moderator, comment, "hold", json!({})).await.expect(200);
    assert_eq!(w.queued(&moderator, "state=held").await, [comment]);
    w.decide(&moderator.access_token, comment, "approve").await.expect(200);
    assert!(w.queued(&moderator, "").await.is_empty());
    w.assert_counters_right().await;
}
