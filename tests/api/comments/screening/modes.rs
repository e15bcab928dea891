//! Who waits for a moderator, by article and publication.

use super::{LINKS, known, waiting, waits};
use crate::world::{CAREFUL, OPEN, World, id};
use colloquy::{articles::CommentPolicyInput, screening::Mode};
use reqwest::Method;
use serde_json::{Value, json};

const FIRST: CommentPolicyInput = CommentPolicyInput { moderation: Some(Some(Mode::First)), ..OPEN };
const GUESTS: CommentPolicyInput = CommentPolicyInput { moderation: Some(Some(Mode::Guests)), ..OPEN };
/// As the publication's setting says.
const UNSAID: CommentPolicyInput = CommentPolicyInput { moderation: Some(None), ..OPEN };

fn said(text: &str) -> Value {
    json!({ "body": text })
}

#[actix_web::test]
async fn the_first_comment_of_somebody_waits_until_one_is_shown() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("First", FIRST).await;
    let (ada, mo) = (w.reader("Ada").await, w.moderator("Mo").await);
    let first = w.post_as(&ada.access_token, &slug, &said("Hello.")).await.expect(201);
    waits(&first, "pending", &["policy"]);
    assert_eq!(waiting(&w, &first["id"]).await, Some(("pending".into(), false, false, true, false)));
    // Whoever was rejected is no better known.
    let second = w.post_as(&ada.access_token, &slug, &said("Are you there?")).await.expect(201);
    w.decide(&mo.access_token, &id(&second), "reject").await.expect(200);
    waits(&w.post_as(&ada.access_token, &slug, &said("And now?")).await.expect(201), "pending", &["policy"]);
    w.decide(&mo.access_token, &id(&first), "approve").await.expect(200);
    let shown = w.post_as(&ada.access_token, &slug, &said("Thank you.")).await.expect(201);
    assert_eq!((&shown["status"], shown.get("moderation")), (&json!("visible"), None));
    // A guest is known by the manage token, and by nothing else.
    let guest = w.post_as_guest(&slug, "Hello.", None).await.expect(201);
    waits(&guest, "pending", &["policy"]);
    w.decide(&mo.access_token, &id(&guest), "approve").await.expect(200);
    let again = w.request(Method::POST, &format!("/v1/articles/{slug}/comments"));
    let again = again.guest(guest["manage_token"].as_str().unwrap()).json(&said("Again.")).send().await.expect(201);
    assert_eq!(again["status"], "visible");
    assert_eq!(w.post_as_guest(&slug, "It is me.", None).await.expect(201)["status"], "pending");
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn guests_wait_until_they_are_known_and_members_do_not() {
    let w = World::with(&[("comments_known_after", "1")]).await;
    let (slug, _) = w.article_taking("Guests", GUESTS).await;
    let (ada, mo) = (w.reader("Ada").await, w.moderator("Mo").await);
    assert_eq!(w.post_as(&ada.access_token, &slug, &said("Hello.")).await.expect(201)["status"], "visible");
    let guest = w.post_as_guest(&slug, "Hello.", None).await.expect(201);
    waits(&guest, "pending", &["policy"]);
    assert_eq!(waiting(&w, &guest["id"]).await, Some(("pending".into(), true, false, true, false)));
    w.decide(&mo.access_token, &id(&guest), "approve").await.expect(200);
    let again = w.request(Method::POST, &format!("/v1/articles/{slug}/comments"));
    let again = again.guest(guest["manage_token"].as_str().unwrap()).json(&said("Again.")).send().await.expect(201);
    assert_eq!(again["status"], "visible");
}

#[actix_web::test]
async fn where_all_wait_those_who_are_known_do_too_and_staff_does_not() {
    let w = World::new().await;
    let (open, _) = w.open_article().await;
    let (careful, _) = w.article_taking("Careful", CAREFUL).await;
    let ada = known(&w, "Ada", &open).await;
    waits(&w.post_as(&ada, &careful, &said("Four.")).await.expect(201), "pending", &["policy"]);
    for staff in [w.coach("Colin").await, w.moderator("Mo").await, w.admin("June").await] {
        let shown = w.post_as(&staff.access_token, &careful, &said("Hello.")).await.expect(201);
        assert_eq!(shown["status"], "visible");
    }
}

#[actix_web::test]
async fn articles_that_say_nothing_go_by_the_setting_and_tell_what_is_in_force() {
    let w = World::with(&[("comments_moderation", "all")]).await;
    let (unsaid, article_id) = w.article_taking("Unsaid", UNSAID).await;
    let (open, _) = w.open_article().await;
    waits(&w.post_as_guest(&unsaid, "Hello.", None).await.expect(201), "pending", &["policy"]);
    assert_eq!(w.post_as_guest(&open, "Hello.", None).await.expect(201)["status"], "visible");
    let terms =
        async |slug: &str| w.get(&format!("/v1/articles/{slug}")).await.expect(200)["comments"]["moderation"].clone();
    assert_eq!((terms(&unsaid).await, terms(&open).await), (json!("all"), json!("open")));
    let listed = w.get("/v1/articles").await.expect(200);
    let listed = listed["items"].as_array().unwrap().iter().find(|item| item["slug"] == *unsaid).unwrap().clone();
    assert_eq!(listed["comments"]["moderation"], "all");
    // Whoever edits it sees what is set.
    let june = w.admin("June").await;
    let draft = w.get_as(&june.access_token, &format!("/v1/drafts/{article_id}")).await.expect(200);
    assert_eq!(draft["comments"]["moderation"], Value::Null);
    let edited = w.edit(&june, &draft, json!({ "comments": { "moderation": "open" } })).await.expect(200);
    assert_eq!((&edited["comments"]["moderation"], terms(&unsaid).await), (&json!("open"), json!("open")));
    assert_eq!(w.post_as_guest(&unsaid, "Hello again.", None).await.expect(201)["status"], "visible");
    let back = w.edit(&june, &edited, json!({ "comments": { "moderation": null } })).await.expect(200);
    assert_eq!((&back["comments"]["moderation"], terms(&unsaid).await), (&Value::Null, json!("all")));
    let refused = w.edit(&june, &back, json!({ "comments": { "moderation": "closed" } })).await;
    assert_eq!(refused.problem(400, "bad_request"), ["#/comments/moderation"]);
}

#[actix_web::test]
async fn an_article_says_how_many_links_are_held_there() {
    let w = World::new().await;
    let links = |most| CommentPolicyInput { links_held: Some(Some(most)), ..OPEN };
    let (strict, _) = w.article_taking("Strict", links(0)).await;
    let (generous, article_id) = w.article_taking("Generous", links(3)).await;
    let (ada, june) = (w.reader("Ada").await, w.admin("June").await);
    let one = said("See https://one.example for more.");
    waits(&w.post_as(&ada.access_token, &strict, &one).await.expect(201), "held", &["links"]);
    let shown = w.post_as(&ada.access_token, &generous, &said(LINKS)).await.expect(201);
    assert_eq!(shown["status"], "visible");
    // The article says otherwise from now on, and an edit goes by what it says.
    let edit = async |comments: Value| {
        let request = w.request(Method::PATCH, &format!("/v1/articles/{generous}")).bearer(&june.access_token);
        request.header("if-match", "*").json(&json!({ "comments": comments })).send().await
    };
    assert_eq!(edit(json!({ "links_held": 2 })).await.expect(200)["comments"]["links_held"], 2);
    let change = w.request(Method::PATCH, &format!("/v1/comments/{}", id(&shown))).bearer(&ada.access_token);
    let body = said(&format!("{LINKS} And more."));
    waits(&change.header("if-match", "*").json(&body).send().await.expect(200), "held", &["links"]);
    // Nothing said is the publication's setting, which everybody reads; who is at work sees that nothing is said.
    assert_eq!(edit(json!({ "links_held": null })).await.expect(200)["comments"]["links_held"], Value::Null);
    let public =
        async |slug: &str| w.get(&format!("/v1/articles/{slug}")).await.expect(200)["comments"]["links_held"].clone();
    assert_eq!((public(&generous).await, public(&strict).await), (json!(2), json!(0)));
    for wrong in [-1, 1001] {
        let refused = edit(json!({ "links_held": wrong })).await;
        assert_eq!(refused.problem(422, "validation"), ["#/comments/links_held"]);
    }
    let draft = w.see(&june, &format!("/v1/drafts/{article_id}")).await.expect(200);
    assert_eq!(draft["comments"]["links_held"], Value::Null);
}
