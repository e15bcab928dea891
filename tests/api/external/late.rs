use super::{Endpoint, asking, endpoint::Mood, hit, posted, shown, standing, status};
use crate::world::{World, id, until};
use reqwest::Method;
use serde_json::json;

/// A comment about which the endpoint thinks for as long as the test wants; its slug, its id and its manage token.
async fn asked(endpoint: &Endpoint) -> (World, String, String, String) {
    let w = asking(endpoint).await;
    let (slug, _) = w.open_article().await;
    let said = w.post_as_guest(&slug, "First.", None).await.expect(201);
    endpoint.asked(1).await;
    let word = |name: &str| said[name].as_str().unwrap().to_owned();
    (w, slug, word("id"), word("manage_token"))
}

/// Waits until the endpoint has answered everything: another comment has gone all the way.
async fn answered(w: &World, endpoint: &Endpoint, slug: &str) {
    let last = posted(w, slug, "Last.").await;
    endpoint.let_go(10);
    until("the last is shown", async || status(w, &last).await == "visible").await;
}

#[actix_web::test]
async fn what_a_moderator_decided_meanwhile_stays_decided() {
    let endpoint = Endpoint::start(Mood::Waiting);
    let (w, slug, id, _) = asked(&endpoint).await;
    let moderator = w.moderator("Mo").await;
    w.decide(&moderator.access_token, &id, "reject").await.expect(200);
    answered(&w, &endpoint, &slug).await;
    assert_eq!((status(&w, &id).await.as_str(), shown(&w, &slug).await), ("rejected", 1));
    assert_eq!(hit(&w, &id).await.0, "hold", "what came late is not noted");
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn what_was_deleted_meanwhile_stays_deleted() {
    let endpoint = Endpoint::start(Mood::Waiting);
    let (w, slug, id, token) = asked(&endpoint).await;
    let request = w.request(Method::DELETE, &format!("/v1/comments/{id}")).guest(&token);
    request.send().await.expect(204);
    answered(&w, &endpoint, &slug).await;
    assert_eq!((status(&w, &id).await.as_str(), shown(&w, &slug).await), ("deleted", 1));
}

#[actix_web::test]
async fn what_was_changed_meanwhile_is_asked_about_again() {
    let endpoint = Endpoint::start(Mood::Waiting);
    let (w, slug, id, token) = asked(&endpoint).await;
    let request = w.request(Method::PATCH, &format!("/v1/comments/{id}")).guest(&token);
    let changed = request.header("if-match", "\"1\"").json(&json!({ "body": "Second." })).send().await.expect(200);
    assert_eq!((&changed["revision"], &changed["status"]), (&json!(2), &json!("held")));
    endpoint.asked(2).await;
    assert_eq!(standing(&w, &id).await.2, Some(1), "it begins anew");
    let mut texts: Vec<_> = endpoint.questions().iter().map(|question| question["text"].clone()).collect();
    texts.sort_by_key(ToString::to_string);
    assert_eq!(texts, [json!("First."), json!("Second.")]);
    // The answer to the first text, then that to the second.
    endpoint.let_go(1);
    endpoint.let_go(1);
    until("it is shown", async || status(&w, &id).await == "visible").await;
    assert_eq!(w.get(&format!("/v1/comments/{id}")).await.expect(200)["body"]["text"], "Second.");
    assert_eq!(shown(&w, &slug).await, 1);
}

#[actix_web::test]
async fn what_is_changed_after_it_was_shown_is_held_until_it_is_asked_about() {
    let endpoint = Endpoint::start(Mood::Waiting);
    let w = asking(&endpoint).await;
    let (slug, _) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let posted = w.post_as(&ada.access_token, &slug, &json!({ "body": "First." })).await.expect(201);
    endpoint.asked(1).await;
    endpoint.let_go(1);
    until("it is shown", async || shown(&w, &slug).await == 1).await;
    let edit = w.request(Method::PATCH, &format!("/v1/comments/{}", id(&posted))).bearer(&ada.access_token);
    let edited = edit.header("if-match", "*").json(&json!({ "body": "Second." })).send().await.expect(200);
    assert_eq!((&edited["status"], &edited["moderation"]["reasons"]), (&json!("held"), &json!(["review"])));
    assert_eq!(shown(&w, &slug).await, 0);
    endpoint.asked(2).await;
    assert_eq!(endpoint.questions()[1]["text"], "Second.");
    endpoint.let_go(1);
    until("it is shown again", async || shown(&w, &slug).await == 1).await;
    w.assert_counters_right().await;
}
