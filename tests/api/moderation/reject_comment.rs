use crate::world::{CAREFUL, World};
use serde_json::{Value, json};

#[actix_web::test]
async fn what_is_rejected_is_gone_for_the_public_and_kept_for_moderators() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let comment = w.say(&slug, "Buy this.", None).await;
    let path = format!("/v1/articles/{slug}/comments");
    assert_eq!(w.get(&path).await.expect(200)["count"], 1);
    let rejected = w.decide(&moderator.access_token, &comment, "reject").await.expect(200);
    assert_eq!(
        (&rejected["comment"]["status"], &rejected["comment"]["body"]["text"]),
        (&json!("rejected"), &json!("Buy this."))
    );
    let thread = w.get(&path).await.expect(200);
    assert_eq!((&thread["count"], &thread["root_count"], &thread["items"]), (&json!(0), &json!(0), &json!([])));
    w.get(&format!("/v1/comments/{comment}")).await.problem(404, "not_found");
    w.assert_counters_right().await;
    let approved = w.decide(&moderator.access_token, &comment, "approve").await.expect(200);
    assert_eq!((&approved["comment"]["root_no"], &approved["comment"]["revision"]), (&json!(1), &json!(1)));
    assert_eq!(w.get(&path).await.expect(200)["count"], 1);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn with_visible_replies_a_tombstone_keeps_the_place() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let root = w.say(&slug, "Hurtful.", None).await;
    w.say(&slug, "Kind.", Some(&root)).await;
    w.decide(&moderator.access_token, &root, "reject").await.expect(200);
    let page = w.get(&format!("/v1/articles/{slug}/comments")).await;
    let thread = page.expect(200);
    let tombstone = &thread["items"][0];
    assert_eq!(
        (&tombstone["status"], &tombstone["body"], &tombstone["author"]),
        (&json!("rejected"), &Value::Null, &Value::Null)
    );
    assert_eq!(tombstone["replies"]["items"][0]["body"]["text"], "Kind.");
    assert!(!page.text().contains("Hurtful."));
    assert_eq!((&thread["count"], &thread["root_count"]), (&json!(1), &json!(1)));
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn what_waits_is_rejected_without_anybody_seeing_a_difference() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let moderator = w.moderator("Mo").await;
    let waiting = w.say(&slug, "Buy this.", None).await;
    let path = format!("/v1/articles/{slug}/comments");
    w.get_kept(&path).await.expect(200);
    w.decide(&moderator.access_token, &waiting, "reject").await.expect(200);
    // The page that was kept is still served.
    assert_eq!(w.statements(w.get(&path)).await.0, 0);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn what_is_rejected_or_deleted_is_no_more_to_decide() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let comment = w.say(&slug, "Hello.", None).await;
    w.decide(&moderator.access_token, &comment, "reject").await.expect(200);
    let refused = w.decide(&moderator.access_token, &comment, "reject").await;
    refused.problem(409, "conflict");
    assert!(refused.json()["detail"].as_str().unwrap().contains("rejected"));
    w.delete(&moderator.access_token, &comment).await.expect(204);
    w.decide(&moderator.access_token, &comment, "reject").await.problem(409, "conflict");
    w.decide(&moderator.access_token, &w.clock.id().to_string(), "reject").await.problem(404, "not_found");
}

#[actix_web::test]
async fn only_moderators_reject() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let comment = w.say(&slug, "Hello.", None).await;
    w.post(&format!("/v1/moderation/comments/{comment}/reject"), &json!({})).await.problem(401, "unauthenticated");
    for person in [w.reader("Ada").await, w.coach("Colin").await] {
        w.decide(&person.access_token, &comment, "reject").await.problem(403, "forbidden");
    }
    assert_eq!(w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200)["count"], 1);
}

#[actix_web::test]
async fn what_is_said_of_it_is_checked() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let comment = w.say(&slug, "Hello.", None).await;
    let give = async |why: Value| w.give(&moderator, &comment, "reject", why).await;
    assert_eq!(give(json!({ "revision": 7 })).await.problem(412, "precondition_failed"), ["#/revision"]);
    assert_eq!(give(json!({ "message": "x".repeat(1001) })).await.problem(422, "validation"), ["#/message"]);
    assert_eq!(give(json!({ "message": "\n" })).await.problem(422, "validation"), ["#/message"]);
    assert_eq!(give(json!({ "reason": "taste" })).await.problem(400, "bad_request"), ["#/reason"]);
    let path = format!("/v1/moderation/comments/{comment}/reject");
    let plain =
        w.request(reqwest::Method::POST, &path).bearer(&moderator.access_token).raw("text/plain", "reason=spam");
    plain.send().await.problem(415, "unsupported_media_type");
    give(json!({ "reason": "spam", "message": "x".repeat(1000), "revision": 1 })).await.expect(200);
}
