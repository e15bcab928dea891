//! Another text is looked at like the first.

use crate::comments::screening::{LINKS, hits, known, waiting, waits};
use crate::{
    sanctions::{account, lay},
    world::{Reply, World, id},
};
use reqwest::Method;
use serde_json::{Value, json};

async fn edit(w: &World, token: &str, comment: &Value, change: Value) -> Reply {
    let request = w.request(Method::PATCH, &format!("/v1/comments/{}", id(comment))).bearer(token);
    request.header("if-match", "*").json(&change).send().await
}

#[actix_web::test]
async fn what_was_shown_and_is_held_now_waits_and_says_that_it_was_changed() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, mo) = (w.reader("Ada").await, w.moderator("Mo").await);
    let comment = w.post_as(&ada.access_token, &slug, &json!({ "body": "Kind." })).await.expect(201);
    let held = edit(&w, &ada.access_token, &comment, json!({ "body": LINKS })).await.expect(200);
    waits(&held, "held", &["links"]);
    assert_eq!(waiting(&w, &comment["id"]).await, Some(("held".into(), false, true, false, true)));
    assert_eq!(hits(&w, &comment["id"]).await, [(2, "links".into(), "hold".into())]);
    let page = w.get(&format!("/v1/articles/{slug}/comments")).await;
    assert_eq!(page.expect(200)["count"], 0);
    assert!(!page.text().contains("Kind.") && !page.text().contains("one.example"));
    w.assert_counters_right().await;
    // No text of its author's shows it again.
    let harmless = edit(&w, &ada.access_token, &comment, json!({ "body": "Kind again." })).await.expect(200);
    waits(&harmless, "held", &["links"]);
    assert_eq!(waiting(&w, &comment["id"]).await, Some(("held".into(), false, false, false, true)));
    w.decide(&mo.access_token, &id(&comment), "approve").await.expect(200);
    let shown = w.get(&format!("/v1/comments/{}", id(&comment))).await.expect(200);
    assert_eq!((&shown["body"]["text"], shown.get("moderation")), (&json!("Kind again."), None));
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn what_waits_its_turn_and_is_held_now_is_held() {
    let w = World::with(&[("comments_moderation", "first")]).await;
    let june = w.admin("June").await;
    let article = w.article(&june, json!({ "title": "First" })).await;
    let ada = w.reader("Ada").await;
    let slug = article["slug"].as_str().unwrap();
    let comment = w.post_as(&ada.access_token, slug, &json!({ "body": "Hello." })).await.expect(201);
    waits(&comment, "pending", &["policy"]);
    let held = edit(&w, &ada.access_token, &comment, json!({ "body": LINKS })).await.expect(200);
    waits(&held, "held", &["links", "policy"]);
    assert_eq!(waiting(&w, &comment["id"]).await, Some(("held".into(), false, true, true, false)));
}

#[actix_web::test]
async fn what_is_better_said_otherwise_is_pointed_out_and_changes_nothing() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let ada = known(&w, "Ada", &slug).await;
    let comment = w.post_as(&ada, &slug, &json!({ "body": "Ask me." })).await.expect(201);
    let mail = "Ask me at ada@example.org.";
    assert_eq!(edit(&w, &ada, &comment, json!({ "body": mail })).await.problem(422, "rephrase"), ["#/body"]);
    let path = format!("/v1/comments/{}", id(&comment));
    assert_eq!(w.get(&path).await.expect(200)["body"]["text"], "Ask me.");
    let held = edit(&w, &ada, &comment, json!({ "body": mail, "as_is": true })).await.expect(200);
    waits(&held, "held", &["personal_data"]);
    w.get(&path).await.problem(404, "not_found");
}

#[actix_web::test]
async fn whoever_is_known_or_staff_changes_what_they_like() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    for token in [known(&w, "Ada", &slug).await, w.coach("Colin").await.access_token] {
        let comment = w.post_as(&token, &slug, &json!({ "body": "See below." })).await.expect(201);
        assert_eq!(edit(&w, &token, &comment, json!({ "body": LINKS })).await.expect(200)["status"], "visible");
    }
}

#[actix_web::test]
async fn what_it_says_now_is_said_and_what_it_said_is_not() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let ada = w.reader("Ada").await.access_token;
    let post = async |text: &str| w.post_as(&ada, &slug, &json!({ "body": text })).await;
    let (first, second) = (post("One.").await.expect(201), post("Two.").await.expect(201));
    let twice = edit(&w, &ada, &second, json!({ "body": "One." })).await;
    twice.problem(409, "duplicate_comment");
    assert_eq!(twice.json()["comment_id"], first["id"]);
    edit(&w, &ada, &second, json!({ "body": "Three." })).await.expect(200);
    post("Three.").await.problem(409, "duplicate_comment");
    post("Two.").await.expect(201);
    // And back again, as often as one likes.
    edit(&w, &ada, &first, json!({ "body": "Four." })).await.expect(200);
    edit(&w, &ada, &first, json!({ "body": "One." })).await.expect(200);
}

#[actix_web::test]
async fn whoever_is_muted_changes_nothing() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    let comment = w.post_as(&ada.access_token, &slug, &json!({ "body": "Hello." })).await.expect(201);
    lay(&w, &moderator, &account("mute", &ada)).await.expect(201);
    edit(&w, &ada.access_token, &comment, json!({ "body": "Something else." })).await.problem(403, "muted");
    let path = format!("/v1/comments/{}", id(&comment));
    assert_eq!(w.get(&path).await.expect(200)["body"]["text"], "Hello.");
}

#[actix_web::test]
async fn what_readers_reported_is_for_a_moderator_whatever_it_says_now() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, ada, bea) = (w.moderator("Mo").await, w.reader("Ada").await, w.reader("Bea").await);
    let comment = w.post_as(&ada.access_token, &slug, &json!({ "body": "Hello." })).await.expect(201);
    let report = w.request(Method::POST, &format!("/v1/comments/{}/reports", id(&comment))).bearer(&bea.access_token);
    report.json(&json!({ "reason": "spam" })).send().await.expect(201);
    let rule = json!({ "name": "R", "kind": "words", "action": "reject", "terms": ["casino"], "enabled": true });
    w.post_by(&moderator, "/v1/moderation/rules", &rule).await.expect(201);
    let edited = edit(&w, &ada.access_token, &comment, json!({ "body": "The casino." })).await.expect(200);
    assert_eq!(edited["status"], "held");
    assert_eq!(w.queued(&moderator, "").await, [id(&comment)]);
}
