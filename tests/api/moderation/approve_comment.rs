use crate::world::{CAREFUL, World, id};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};

#[actix_web::test]
async fn what_waits_is_shown_numbered_and_counted() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let (coach, moderator) = (w.coach("Colin").await, w.moderator("Mo").await);
    let waiting = w.say(&slug, "Hello.", None).await;
    let earlier = w.post_as(&coach.access_token, &slug, &json!({ "body": "Welcome." })).await.expect(201);
    let path = format!("/v1/articles/{slug}/comments");
    assert_eq!(w.get(&path).await.expect(200)["count"], 1);
    let approved = w.decide(&moderator.access_token, &waiting, "approve").await.expect(200);
    assert_eq!((&approved["comment"]["status"], &approved["comment"]["root_no"]), (&json!("visible"), &json!(2)));
    assert_eq!(approved["article"]["slug"], slug);
    let thread = w.get(&path).await.expect(200);
    assert_eq!((&thread["count"], &thread["root_count"]), (&json!(2), &json!(2)));
    // Its place is where it was written; its number tells when it was first seen.
    let roots: Vec<String> = thread["items"].as_array().unwrap().iter().map(id).collect();
    assert_eq!(roots, [waiting.clone(), id(&earlier)]);
    w.get(&format!("/v1/comments/{waiting}")).await.expect(200);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn a_reply_that_waited_counts_on_its_parent_and_root() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let (coach, moderator) = (w.coach("Colin").await, w.moderator("Mo").await);
    let root = id(&w.post_as(&coach.access_token, &slug, &json!({ "body": "Welcome." })).await.expect(201));
    let waiting = w.say(&slug, "Hello.", Some(&root)).await;
    assert_eq!(w.get(&format!("/v1/comments/{root}")).await.expect(200)["reply_count"], 0);
    let approved = w.decide(&moderator.access_token, &waiting, "approve").await.expect(200);
    assert_eq!(approved["comment"]["root_no"], Value::Null);
    let shown = w.get(&format!("/v1/comments/{root}")).await.expect(200);
    assert_eq!((&shown["reply_count"], &shown["descendant_count"]), (&json!(1), &json!(1)));
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn what_comes_back_below_what_is_gone_brings_its_tombstones_back() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let root = w.say(&slug, "root", None).await;
    let middle = w.say(&slug, "middle", Some(&root)).await;
    let leaf = w.say(&slug, "leaf", Some(&middle)).await;
    w.decide(&moderator.access_token, &leaf, "reject").await.expect(200);
    for gone in [&root, &middle] {
        w.delete(&moderator.access_token, gone).await.expect(204);
    }
    let path = format!("/v1/articles/{slug}/comments");
    assert_eq!(w.get(&path).await.expect(200)["items"], json!([]));
    w.decide(&moderator.access_token, &leaf, "approve").await.expect(200);
    let thread = w.get(&path).await.expect(200);
    assert_eq!((&thread["count"], &thread["root_count"]), (&json!(1), &json!(1)));
    let tombstone = &thread["items"][0];
    assert_eq!((&tombstone["status"], &tombstone["descendant_count"]), (&json!("deleted"), &json!(2)));
    assert_eq!((&tombstone["root_no"], &tombstone["replies"]["items"][0]["status"]), (&json!(1), &json!("deleted")));
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn the_verdict_is_told_with_who_gave_it() {
    use colloquy::db::schema::events;
    let w = World::new().await;
    let (slug, article_id) = w.article_taking("Careful", CAREFUL).await;
    let moderator = w.moderator("Mo").await;
    let waiting = w.say(&slug, "Hello.", None).await;
    w.decide(&moderator.access_token, &waiting, "approve").await.expect(200);
    let told: (String, Value, Option<uuid::Uuid>, i64) = events::table
        .filter(events::kind.eq("comment.approved"))
        .select((events::tags, events::data, events::actor_id, events::stream_version))
        .first(&mut w.db.conn().await)
        .await
        .unwrap();
    let data = json!({ "article_id": article_id, "comment_id": waiting });
    assert_eq!(told, (format!("thread:{article_id}"), data, Some(moderator.id.parse().unwrap()), 2));
}

#[actix_web::test]
async fn what_is_visible_or_deleted_is_no_more_to_decide() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let comment = w.say(&slug, "Hello.", None).await;
    let refused = w.decide(&moderator.access_token, &comment, "approve").await;
    refused.problem(409, "conflict");
    assert!(refused.json()["detail"].as_str().unwrap().contains("visible"));
    w.delete(&moderator.access_token, &comment).await.expect(204);
    let refused = w.decide(&moderator.access_token, &comment, "approve").await;
    refused.problem(409, "conflict");
    assert!(refused.json()["detail"].as_str().unwrap().contains("deleted"));
    w.decide(&moderator.access_token, &w.clock.id().to_string(), "approve").await.problem(404, "not_found");
    w.decide(&moderator.access_token, "nonsense", "approve").await.problem(404, "not_found");
}

#[actix_web::test]
async fn only_moderators_approve() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let waiting = w.say(&slug, "Hello.", None).await;
    w.post(&format!("/v1/moderation/comments/{waiting}/approve"), &json!({})).await.problem(401, "unauthenticated");
    for person in [w.reader("Ada").await, w.coach("Colin").await] {
        w.decide(&person.access_token, &waiting, "approve").await.problem(403, "forbidden");
    }
    assert_eq!(w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200)["count"], 0);
}

#[actix_web::test]
async fn what_was_changed_after_it_was_read_is_not_approved_unseen() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let moderator = w.moderator("Mo").await;
    let waiting = w.say(&slug, "Hello.", None).await;
    let stale = w.give(&moderator, &waiting, "approve", json!({ "revision": 2 })).await;
    assert_eq!(stale.problem(412, "precondition_failed"), ["#/revision"]);
    assert_eq!(
        w.give(&moderator, &waiting, "approve", json!({ "revision": 1 })).await.expect(200)["comment"]["revision"],
        1
    );
}

#[actix_web::test]
async fn what_was_reported_may_stay() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let comment = w.say(&slug, "Blunt, but fair.", None).await;
    w.reported(&comment, "abuse").await;
    let path = format!("/v1/articles/{slug}/comments");
    let before = w.get(&path).await.expect(200);
    w.decide(&moderator.access_token, &comment, "approve").await.expect(200);
    assert_eq!((w.get(&path).await.expect(200), w.outcomes(&comment).await), (before, vec![Some("dismissed".into())]));
    assert!(w.queued(&moderator, "").await.is_empty());
    w.decide(&moderator.access_token, &comment, "approve").await.problem(409, "conflict");
}

#[actix_web::test]
async fn it_takes_no_word_that_nobody_would_be_told() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let moderator = w.moderator("Mo").await;
    let comment = w.say(&slug, "Hello.", None).await;
    let refused = w.give(&moderator, &comment, "approve", json!({ "reason": "other", "message": "Welcome." })).await;
    assert_eq!(refused.problem(422, "validation"), ["#/reason", "#/message"]);
    assert_eq!(w.queued(&moderator, "").await, [comment]);
}
