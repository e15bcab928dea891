use crate::world::{CAREFUL, World, id};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn all_that_happened_stands_in_its_order() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let (reader, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let comment = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "First." })).await.expect(201));
    let later = || w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    later();
    let given = w.give(&moderator, &comment, "approve", json!({})).await.expect(200);
    later();
    w.reported(&comment, "abuse").await;
    let reporter = w.reported(&comment, "abuse").await;
    later();
    let why = json!({ "reason": "abuse", "message": "Please be kind." });
    w.give(&moderator, &comment, "reject", why).await.expect(200);
    let path = format!("/v1/moderation/comments/{comment}/history");
    let reply = w.see(&moderator, &path).await;
    let history = reply.expect(200);
    let kinds: Vec<&str> =
        history["items"].as_array().unwrap().iter().map(|item| item["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["posted", "hit", "verdict", "reported", "verdict"]);
    let [_, hit, approved, reported, rejected] = history["items"].as_array().unwrap().as_slice() else { panic!() };
    assert_eq!((&hit["check"], &hit["action"], &hit["revision"]), (&json!("policy"), &json!("wait"), &json!(1)));
    assert_eq!((&approved["id"], &approved["was"]), (&given["verdict_id"], &json!("pending")));
    assert_eq!(approved["by"], json!({ "id": moderator.id, "name": "Mo" }));
    assert_eq!((&reported["count"], &reported["outcome"]), (&json!(2), &json!("upheld")));
    assert_eq!((&rejected["became"], &rejected["message"]), (&json!("rejected"), &json!("Please be kind.")));
    assert!(!reply.text().contains(&reporter.to_string()));
}

#[actix_web::test]
async fn edits_deletion_and_what_was_undone_stand_there() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (reader, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let comment = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "First." })).await.expect(201));
    let later = || w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    later();
    let edit = w.request(Method::PATCH, &format!("/v1/comments/{comment}")).bearer(&reader.access_token);
    edit.header("if-match", "*").json(&json!({ "body": "Second." })).send().await.expect(200);
    later();
    let held = w.give(&moderator, &comment, "hold", json!({})).await.expect(200);
    let undo = format!("/v1/moderation/verdicts/{}/undo", held["verdict_id"].as_str().unwrap());
    w.post_by(&moderator, &undo, &json!({})).await.expect(200);
    later();
    w.delete(&moderator.access_token, &comment).await.expect(204);
    let history = w.see(&moderator, &format!("/v1/moderation/comments/{comment}/history")).await.expect(200);
    let items = history["items"].as_array().unwrap();
    let of_kind = |kind: &str| -> Vec<&Value> { items.iter().filter(|item| item["kind"] == kind).collect() };
    assert_eq!(of_kind("edited")[0]["revision"], 1);
    let verdicts = of_kind("verdict");
    assert_eq!((&verdicts[0]["became"], &verdicts[0]["undone_by"]["name"]), (&json!("held"), &json!("Mo")));
    assert_eq!((&verdicts[1]["was"], &verdicts[1]["became"]), (&json!("visible"), &json!("deleted")));
    assert!(!history.to_string().contains("First."));
}

#[actix_web::test]
async fn only_moderators_and_only_what_there_is() {
    let w = World::new().await;
    let path = format!("/v1/moderation/comments/{}/history", w.clock.id());
    w.see(&w.moderator("Mo").await, &path).await.problem(404, "not_found");
    w.see(&w.coach("Colin").await, &path).await.problem(403, "forbidden");
    w.get(&path).await.problem(401, "unauthenticated");
}
