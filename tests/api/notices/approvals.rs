//! Whoever waited hears once that the comment is public.

use super::{asked, guest_asks, told, wish};
use crate::{
    external::{Endpoint, Mood, asking},
    sanctions,
    world::{CAREFUL, World, id, until, verdict},
};
use serde_json::json;

#[actix_web::test]
async fn whoever_waited_gets_one_mail_when_it_is_approved() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("How to wait", CAREFUL).await;
    let (wren, moderator) = (w.reader("Wren").await, w.moderator("Hollis").await);
    let posted = asked(&w, &wren, &slug, None).await;
    assert!(told(&w, &wren.email).await.is_empty());
    let comment = id(&posted);
    w.decide(&moderator.access_token, &comment, "approve").await.expect(200);
    let mail = super::whole(&w.nth_mail_to(&wren.email, 0).await);
    assert!(mail.contains("is public now") && mail.contains(&comment), "{mail}");
    for verdict in ["reject", "approve", "hold", "approve"] {
        w.decide(&moderator.access_token, &comment, verdict).await.expect(200);
    }
    assert_eq!(told(&w, &wren.email).await, ["approval"]);
    let guest = guest_asks(&w, &slug, "lantern@example.org").await;
    w.decide(&moderator.access_token, &id(&guest), "approve").await.expect(200);
    assert_eq!(told(&w, "lantern@example.org").await, ["approval"]);
}

#[actix_web::test]
async fn what_everybody_saw_before_was_not_waited_for() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (wren, moderator) = (w.reader("Wren").await, w.moderator("Hollis").await);
    let comment = id(&asked(&w, &wren, &slug, None).await);
    w.reported(&comment, "abuse").await;
    w.decide(&moderator.access_token, &comment, "approve").await.expect(200);
    assert!(told(&w, &wren.email).await.is_empty());
}

#[actix_web::test]
async fn what_is_rejected_or_was_approved_by_mistake_is_told_to_nobody() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("How to wait", CAREFUL).await;
    let (wren, robin, moderator) = (w.reader("Wren").await, w.reader("Robin").await, w.moderator("Hollis").await);
    let (rejected, taken_back) = (asked(&w, &wren, &slug, None).await, asked(&w, &wren, &slug, None).await);
    let unwanted = asked(&w, &robin, &slug, None).await;
    wish(&w, &robin, json!({ "approvals": false })).await.expect(200);
    let held = super::held_back(&w).await;
    w.decide(&moderator.access_token, &id(&rejected), "reject").await.expect(200);
    let verdict = w.decide(&moderator.access_token, &id(&taken_back), "approve").await.expect(200);
    let undo = format!("/v1/moderation/verdicts/{}/undo", verdict["verdict_id"].as_str().unwrap());
    w.post_by(&moderator, &undo, &json!({})).await.expect(200);
    w.decide(&moderator.access_token, &id(&unwanted), "approve").await.expect(200);
    drop(held);
    assert!(told(&w, &wren.email).await.is_empty());
    assert!(told(&w, &robin.email).await.is_empty());
    // Whoever wants no approvals may want answers.
    super::ask(&w, &w.coach("Marit").await, &slug, Some(&id(&unwanted))).await;
    assert_eq!(told(&w, &robin.email).await, ["answer"]);
}

#[actix_web::test]
async fn however_it_is_approved_it_is_told() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("How to wait", CAREFUL).await;
    let (wren, robin, moderator) = (w.reader("Wren").await, w.reader("Robin").await, w.moderator("Hollis").await);
    let comment = id(&asked(&w, &wren, &slug, None).await);
    let items = json!({ "items": [verdict(&comment, "approve")] });
    w.post_by(&moderator, "/v1/moderation/verdicts", &items).await.expect(200);
    assert_eq!(told(&w, &wren.email).await, ["approval"]);
    for _ in 0..2 {
        asked(&w, &robin, &slug, None).await;
    }
    let path = format!("/v1/moderation/authors/{}/approve", robin.id);
    assert_eq!(w.post_by(&moderator, &path, &json!({})).await.expect(200)["approved"], 2);
    assert_eq!(told(&w, &robin.email).await, ["approval", "approval"]);
}

#[actix_web::test]
async fn whoever_waited_for_the_external_check_hears_that_it_is_over() {
    let endpoint = Endpoint::start(Mood::Waiting);
    let w = asking(&endpoint).await;
    let (slug, _) = w.open_article().await;
    let wren = w.reader("Wren").await;
    let posted = asked(&w, &wren, &slug, None).await;
    assert_eq!(posted["status"], "held");
    assert!(told(&w, &wren.email).await.is_empty());
    endpoint.asked(1).await;
    endpoint.let_go(1);
    let path = format!("/v1/comments/{}", id(&posted));
    until("it is shown", async || w.get(&path).await.status == 200).await;
    assert_eq!(told(&w, &wren.email).await, ["approval"]);
}

#[actix_web::test]
async fn a_banned_guest_is_told_nothing() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("How to wait", CAREFUL).await;
    let moderator = w.moderator("Hollis").await;
    for (email, by) in [("lantern@example.org", "guest"), ("candle@example.org", "email")] {
        let comment = id(&guest_asks(&w, &slug, email).await);
        let mut subject = json!({ "comment_id": comment });
        if by == "email" {
            subject["by"] = json!(by);
        }
        sanctions::lay(&w, &moderator, &sanctions::on("ban", &subject)).await.expect(201);
        w.decide(&moderator.access_token, &comment, "approve").await.expect(200);
        assert!(told(&w, email).await.is_empty(), "{email}");
    }
}
