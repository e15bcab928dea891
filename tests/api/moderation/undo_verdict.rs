use crate::world::{CAREFUL, Person, Reply, World, id};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

async fn undo(w: &World, person: &Person, verdict: &Value) -> Reply {
    let path = format!("/v1/moderation/verdicts/{}/undo", verdict["verdict_id"].as_str().unwrap());
    w.request(Method::POST, &path).bearer(&person.access_token).send().await
}

#[actix_web::test]
async fn what_waited_waits_again_in_its_old_place() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let moderator = w.moderator("Mo").await;
    let (first, second) = (w.say(&slug, "First.", None).await, w.say(&slug, "Second.", None).await);
    w.prioritise(&first, 2).await;
    let before = w.see(&moderator, "/v1/moderation/queue").await.expect(200)["items"][0].clone();
    w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    for verdict in ["approve", "reject", "hold"] {
        let given = w.give(&moderator, &first, verdict, json!({})).await.expect(200);
        let undone = undo(&w, &moderator, &given).await.expect(200);
        assert_eq!(undone["comment"]["status"], "pending", "{verdict}");
        w.assert_counters_right().await;
        assert_eq!(w.queued(&moderator, "").await, [first.clone(), second.clone()], "{verdict}");
        let mut after = w.see(&moderator, "/v1/moderation/queue").await.expect(200)["items"][0].clone();
        // A root keeps the number that it was once shown with; what was undone counts for nobody.
        after["comment"]["root_no"] = Value::Null;
        assert_eq!(after, before, "{verdict}");
    }
    assert_eq!(w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200)["count"], 0);
}

#[actix_web::test]
async fn what_was_shown_is_shown_again_with_what_hangs_on_it() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let root = w.say(&slug, "root", None).await;
    w.say(&slug, "reply", Some(&root)).await;
    let path = format!("/v1/articles/{slug}/comments");
    let before = w.get(&path).await.expect(200);
    let given = w.give(&moderator, &root, "reject", json!({ "reason": "abuse" })).await.expect(200);
    assert_ne!(w.get(&path).await.expect(200), before);
    undo(&w, &moderator, &given).await.expect(200);
    assert_eq!(w.get(&path).await.expect(200), before);
    assert!(w.queued(&moderator, "").await.is_empty());
}

#[actix_web::test]
async fn what_was_reported_is_open_again() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let comment = w.say(&slug, "Hurtful.", None).await;
    w.reported(&comment, "abuse").await;
    for (verdict, outcome) in [("approve", "dismissed"), ("reject", "upheld")] {
        let given = w.give(&moderator, &comment, verdict, json!({})).await.expect(200);
        assert_eq!(w.outcomes(&comment).await, [Some(outcome.to_owned())]);
        assert!(w.queued(&moderator, "").await.is_empty());
        undo(&w, &moderator, &given).await.expect(200);
        assert_eq!(w.outcomes(&comment).await, [None]);
        assert_eq!(w.queued(&moderator, "state=reported").await, std::slice::from_ref(&comment));
        w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    }
}

#[actix_web::test]
async fn several_are_undone_from_the_last_on() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let comment = w.say(&slug, "Hello.", None).await;
    let held = w.give(&moderator, &comment, "hold", json!({})).await.expect(200);
    let rejected = w.give(&moderator, &comment, "reject", json!({})).await.expect(200);
    let refused = undo(&w, &moderator, &held).await;
    refused.problem(409, "conflict");
    assert_eq!(refused.json()["detail"], "Something else was decided since; undo that first.");
    assert_eq!(undo(&w, &moderator, &rejected).await.expect(200)["comment"]["status"], "held");
    undo(&w, &moderator, &rejected).await.problem(409, "conflict");
    assert_eq!(undo(&w, &moderator, &held).await.expect(200)["comment"]["status"], "visible");
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn what_was_changed_since_is_not_undone() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let (reader, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let comment = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "First." })).await.expect(201));
    let given = w.give(&moderator, &comment, "approve", json!({})).await.expect(200);
    w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    let edit = w.request(Method::PATCH, &format!("/v1/comments/{comment}")).bearer(&reader.access_token);
    edit.header("if-match", "*").json(&json!({ "body": "Second." })).send().await.expect(200);
    undo(&w, &moderator, &given).await.problem(409, "conflict");
    w.delete(&moderator.access_token, &comment).await.expect(204);
    undo(&w, &moderator, &given).await.problem(409, "conflict");
}

#[actix_web::test]
async fn only_moderators_and_only_what_was_decided() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let comment = w.say(&slug, "Hello.", None).await;
    let given = w.give(&moderator, &comment, "reject", json!({})).await.expect(200);
    undo(&w, &w.coach("Colin").await, &given).await.problem(403, "forbidden");
    undo(&w, &moderator, &json!({ "verdict_id": w.clock.id() })).await.problem(404, "not_found");
    undo(&w, &moderator, &json!({ "verdict_id": "nonsense" })).await.problem(404, "not_found");
}
