//! What looks for people who may be in danger is the publication's choice.

use super::waits;
use crate::world::{World, until};
use serde_json::{Value, json};

const ENGLISH: &str = "I want to kill myself.";
const GERMAN: &str = "Ich will mich umbringen.";
/// What no list has a phrase for.
const ALIKE: &str = "I keep thinking how quiet it would be for everybody if I just was not there any more in the morning, and \
                     I am so tired of pretending that any of this will ever get better for me.";

async fn post(w: &World, slug: &str, text: &str) -> Value {
    w.post_as_guest(slug, text, None).await.expect(201)
}

#[actix_web::test]
async fn the_lists_that_are_named_look_and_no_others() {
    let w = World::with(&[("safety", "de")]).await;
    let (slug, _) = w.open_article().await;
    waits(&post(&w, &slug, GERMAN).await, "held", &["review"]);
    assert_eq!(post(&w, &slug, ENGLISH).await["status"], "visible");
    assert_eq!(post(&w, &slug, ALIKE).await["status"], "visible");
    // What English tells of long ago says nothing against a German text.
    waits(&post(&w, &slug, "In 2005: ich will nicht mehr leben.").await, "held", &["review"]);
}

#[actix_web::test]
async fn likeness_looks_without_lists() {
    let w = World::with(&[("safety", " likeness ")]).await;
    let (slug, _) = w.open_article().await;
    waits(&post(&w, &slug, ALIKE).await, "held", &["review"]);
    let moderator = w.moderator("Mo").await;
    let hits = w.see(&moderator, "/v1/moderation/queue").await.expect(200)["items"][0]["hits"].clone();
    assert_eq!((&hits[0]["check"], &hits[0]["detail"]), (&json!("safety"), &json!("likeness-2")));
}

#[actix_web::test]
async fn without_any_the_rules_of_the_publication_look() {
    let w = World::with(&[("safety", "")]).await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    for text in [ENGLISH, GERMAN, ALIKE] {
        assert_eq!(post(&w, &slug, text).await["status"], "visible", "{text}");
    }
    let rule = |name: &str, phrase: &str| {
        let terms = json!([phrase]);
        json!({ "name": name, "kind": "safety", "action": "hold", "priority": 3, "terms": terms, "enabled": true })
    };
    w.post_by(&moderator, "/v1/moderation/rules", &rule("The bridge", "old bridge")).await.expect(201);
    let is_held = async || post(&w, &slug, &format!("The old bridge, {}.", w.clock.id())).await["status"] == "held";
    until("the rule is in force", is_held).await;
    // A trial looks as posting does.
    let tried = json!({ "rule": rule("Quiet", "quiet") });
    let trial = w.post_by(&moderator, "/v1/moderation/rules/try", &tried).await.expect(200);
    assert_eq!(trial["changed"], 1, "{trial}");
}
