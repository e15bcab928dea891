//! Whoever may need help is told where it is found, in the answer to what they wrote, and nobody else hears of it.

use super::{create, line, names_of};
use crate::world::{Person, World};
use reqwest::Method;
use serde_json::{Value, json};

const NEED: &str = "I am going to kill myself tonight.";
const IN_GERMAN: &str = "Ich will nicht mehr leben.";

async fn with_lines() -> (World, Person, String) {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    for (name, language) in [("English", "en"), ("Scottish", "en-gb"), ("German", "de")] {
        create(&w, &moderator, &line(name, "", language)).await.expect(201);
    }
    let (slug, _) = w.open_article().await;
    (w, moderator, slug)
}

#[actix_web::test]
async fn it_is_in_the_language_in_which_they_wrote() {
    let (w, _, slug) = with_lines().await;
    let posted = w.post_as_guest(&slug, NEED, None).await.expect(201);
    assert_eq!(
        (&posted["status"], names_of(&posted["support"])),
        (&json!("held"), vec!["English".into(), "Scottish".into()])
    );
    assert_eq!(posted["support"][0]["phone"], "116 123");
    let posted = w.post_as_guest(&slug, IN_GERMAN, None).await.expect(201);
    assert_eq!((&posted["status"], names_of(&posted["support"])), (&json!("held"), vec!["German".into()]));
}

#[actix_web::test]
async fn it_is_all_there_is_where_there_is_nothing_in_that_language_and_nothing_where_there_is_none() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let posted = w.post_as_guest(&slug, NEED, None).await.expect(201);
    assert_eq!((&posted["status"], posted.get("support")), (&json!("held"), None));
    let moderator = w.moderator("Mo").await;
    create(&w, &moderator, &line("Polish", "PL", "pl")).await.expect(201);
    let posted = w.post_as_guest(&slug, &format!("{NEED} Really."), None).await.expect(201);
    assert_eq!(names_of(&posted["support"]), ["Polish"]);
}

#[actix_web::test]
async fn a_rule_of_the_publications_own_leads_to_help_too() {
    let (w, moderator, slug) = with_lines().await;
    let rule = json!({
        "name": "Our word", "kind": "safety", "action": "hold", "priority": 1, "terms": ["blue door"], "enabled": true,
    });
    w.post_by(&moderator, "/v1/moderation/rules", &rule).await.expect(201);
    let posted = w.post_as_guest(&slug, "I stand at the blue door.", None).await.expect(201);
    assert_eq!((&posted["status"], names_of(&posted["support"]).len()), (&json!("held"), 3));
}

#[actix_web::test]
async fn an_answer_that_is_sent_again_says_it_again() {
    let (w, _, slug) = with_lines().await;
    let (path, body) = (format!("/v1/articles/{slug}/comments"), json!({ "body": NEED, "guest": { "name": "Wendy" } }));
    let send =
        async || w.request(Method::POST, &path).header("idempotency-key", "once-and-again").json(&body).send().await;
    let (first, again) = (send().await.expect(201), send().await.expect(201));
    assert_eq!(first, again);
    assert_eq!(names_of(&again["support"]), ["English", "Scottish"]);
}

#[actix_web::test]
async fn whoever_changes_a_text_so_that_they_may_need_it_is_told_too() {
    let (w, _, slug) = with_lines().await;
    let wren = w.reader("Wren").await;
    let posted = w.post_as(&wren.access_token, &slug, &json!({ "body": "Hello." })).await.expect(201);
    assert_eq!((&posted["status"], posted.get("support")), (&json!("visible"), None));
    let path = format!("/v1/comments/{}", posted["id"].as_str().unwrap());
    let edit = w.request(Method::PATCH, &path).bearer(&wren.access_token).header("if-match", "\"1\"");
    let edited = edit.json(&json!({ "body": NEED })).send().await.expect(200);
    assert_eq!((&edited["status"], names_of(&edited["support"]).len()), (&json!("held"), 2));
}

#[actix_web::test]
async fn its_author_is_told_that_somebody_looks_and_not_why() {
    let (w, moderator, slug) = with_lines().await;
    let wren = w.reader("Wren").await;
    let posted = w.post_as(&wren.access_token, &slug, &json!({ "body": NEED })).await.expect(201);
    assert_eq!(posted["moderation"]["reasons"], json!(["review"]));
    let said = |value: &Value| value.to_string().contains("safety") || value.to_string().contains("priority");
    assert!(!said(&posted), "{posted}");
    assert!(!said(&w.see(&wren, "/v1/accounts/me").await.expect(200)));
    // Those who decide see how soon they should look, and by which list.
    let queue = w.see(&moderator, "/v1/moderation/queue").await.expect(200);
    let item = &queue["items"][0];
    assert_eq!((&item["priority"], &item["comment"]["id"]), (&json!(3), &posted["id"]), "{item}");
    // And nobody else: the next text is looked at like anybody's.
    let next = w.post_as(&wren.access_token, &slug, &json!({ "body": "The soup was good." })).await.expect(201);
    assert_eq!(next["status"], "visible");
}
