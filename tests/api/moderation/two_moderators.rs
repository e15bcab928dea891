//! Moderators who act on one comment at once: one wins, and the others are told what it is now.

use crate::world::{CAREFUL, Person, Reply, World, id, verdict};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;

const PATH: &str = "/v1/moderation/verdicts";

/// A moderator who has read the first revision deletes it.
async fn delete(w: &World, person: &Person, comment: &str, said: &str) -> Reply {
    let request = w.request(Method::DELETE, &format!("/v1/comments/{comment}{said}")).bearer(&person.access_token);
    request.header("if-match", "\"1\"").send().await
}

/// What somebody does with a comment: a verdict, or deleting it.
async fn act(w: &World, person: &Person, comment: &str, act: &str) -> Reply {
    match act {
        "delete" => delete(w, person, comment, "").await,
        verdict => w.give(person, comment, verdict, json!({})).await,
    }
}

#[actix_web::test]
async fn who_wants_the_same_at_once_is_told_that_it_is_so() {
    let w = World::with(&[("workers", "2")]).await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let (mo, hollis) = (w.moderator("Mo").await, w.moderator("Hollis").await);
    for n in 0..10 {
        let comment = w.say(&slug, &format!("comment {n}"), None).await;
        let (one, other) =
            tokio::join!(w.give(&mo, &comment, "approve", json!({})), w.give(&hollis, &comment, "approve", json!({})));
        let (won, lost) = if one.status.as_u16() == 200 { (one, other) } else { (other, one) };
        assert_eq!(won.expect(200)["comment"]["status"], "visible");
        lost.problem(409, "conflict");
        assert_eq!(lost.json()["detail"], "The comment is visible.");
    }
    w.assert_counters_right().await;
}

/// What a comment became by what somebody did with it.
fn became(act: &str) -> &str {
    match act {
        "approve" => "visible",
        "reject" => "rejected",
        "hold" => "held",
        _ => "deleted",
    }
}

#[actix_web::test]
async fn who_wants_another_thing_at_once_is_told_what_it_is_now() {
    let w = World::with(&[("workers", "2")]).await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let (mo, hollis) = (w.moderator("Mo").await, w.moderator("Hollis").await);
    let wants = ["approve", "reject", "hold", "delete"];
    for (n, one) in wants.into_iter().enumerate() {
        for other in wants.into_iter().skip(n + 1) {
            let comment = w.say(&slug, &format!("{one} or {other}"), None).await;
            let replies = tokio::join!(act(&w, &mo, &comment, one), act(&w, &hollis, &comment, other));
            let first_won = replies.0.status.is_success();
            let (won, lost) = if first_won { replies } else { (replies.1, replies.0) };
            assert!(won.status.is_success(), "{one} or {other}: {}", won.text());
            lost.problem(409, "conflict");
            let ((winner, present), detail) =
                (if first_won { ("Mo", one) } else { ("Hollis", other) }, lost.json()["detail"].to_string());
            // What is deleted is nobody's to decide on.
            let expected = match became(present) {
                "deleted" => "The comment is deleted.".to_owned(),
                present => format!(
                    "{winner} has just decided on it: the comment is {present}. Name its status to decide otherwise."
                ),
            };
            assert_eq!(detail, json!(expected).to_string(), "{one} or {other}");
        }
    }
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn of_many_at_once_each_is_decided_by_one() {
    let w = World::with(&[("workers", "2")]).await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let (mo, hollis) = (w.moderator("Mo").await, w.moderator("Hollis").await);
    let (elsewhere, _) = w.article_taking("Elsewhere", CAREFUL).await;
    let (mut items, mut backward) = (Vec::new(), Vec::new());
    for n in 0..20 {
        let comment = w.say([&slug, &elsewhere][n % 2], &format!("more {n}"), None).await;
        items.push(verdict(&comment, "approve"));
        backward.insert(0, verdict(&comment, "reject"));
    }
    // In opposite orders, while others post there: nobody waits for nobody.
    let post = async || {
        for n in 0..10 {
            w.say([&slug, &elsewhere][n % 2], &format!("meanwhile {n}"), None).await;
        }
    };
    let (forward, backward) = (json!({ "items": items }), json!({ "items": backward }));
    let (one, other, ()) = tokio::join!(w.post_by(&mo, PATH, &forward), w.post_by(&hollis, PATH, &backward), post());
    let (one, other) = (one.expect(200), other.expect(200));
    let given = [(one, "visible"), (other, "rejected")].map(|(results, status)| {
        let items = results["items"].as_array().unwrap();
        let refused = items.iter().filter(|item| item["problem"]["code"] == "conflict").count();
        let given = items.iter().filter(|item| item["status"] == status).count();
        assert_eq!(given + refused, 20);
        given
    });
    assert_eq!(given[0] + given[1], 20);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn who_knows_what_it_is_decides_otherwise_and_after_a_minute_anybody() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let (mo, hollis) = (w.moderator("Mo").await, w.moderator("Hollis").await);
    let comment = w.say(&slug, "Hello.", None).await;
    w.give(&mo, &comment, "approve", json!({ "status": "pending" })).await.expect(200);
    w.give(&hollis, &comment, "reject", json!({})).await.problem(409, "conflict");
    let refused = w.give(&hollis, &comment, "reject", json!({ "status": "pending" })).await;
    refused.problem(409, "conflict");
    assert_eq!(refused.json()["detail"], "The comment is visible.");
    w.give(&hollis, &comment, "reject", json!({ "status": "visible" })).await.expect(200);
    // One's own verdict is known to oneself.
    w.give(&hollis, &comment, "hold", json!({})).await.expect(200);
    w.give(&mo, &comment, "approve", json!({})).await.problem(409, "conflict");
    // Whoever claims it may not have looked since.
    w.claim(&mo, &comment).await.expect(200);
    w.give(&mo, &comment, "approve", json!({})).await.problem(409, "conflict");
    w.give(&mo, &comment, "approve", json!({ "status": "held" })).await.expect(200);
    w.clock.set(w.clock.now() + TimeDelta::seconds(59));
    let refused = w.post_by(&hollis, PATH, &json!({ "items": [verdict(&comment, "reject")] })).await.expect(200);
    assert_eq!(refused["items"][0]["problem"]["code"], "conflict");
    w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    w.give(&hollis, &comment, "reject", json!({})).await.expect(200);
    let mut seen = verdict(&comment, "approve");
    seen["status"] = json!("rejected");
    w.post_by(&mo, PATH, &json!({ "items": [seen] })).await.expect(200);
    assert_eq!(w.get(&format!("/v1/comments/{comment}")).await.expect(200)["status"], "visible");
    let odd = w.give(&mo, &comment, "reject", json!({ "status": "burnt" })).await;
    assert_eq!(odd.problem(400, "bad_request"), ["#/status"]);
}

#[actix_web::test]
async fn what_is_claimed_is_nobody_elses_whatever_they_want_with_it() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (mo, hollis, ada) = (w.moderator("Mo").await, w.moderator("Hollis").await, w.reader("Ada").await);
    let body = json!({ "body": "Call +44 1632 960128.", "as_is": true });
    let comment = id(&w.post_as(&ada.access_token, &slug, &body).await.expect(201));
    w.give(&mo, &comment, "approve", json!({})).await.expect(200);
    let held = w.give(&hollis, &comment, "hold", json!({ "status": "visible" })).await.expect(200);
    w.claim(&mo, &comment).await.expect(200);
    let redact = async |person: &Person| {
        let request = w.request(Method::POST, &format!("/v1/comments/{comment}/redact")).bearer(&person.access_token);
        request.header("if-match", "\"1\"").json(&json!({})).send().await
    };
    let undo = format!("/v1/moderation/verdicts/{}/undo", held["verdict_id"].as_str().unwrap());
    let undone = w.post_by(&hollis, &undo, &json!({})).await;
    let deleted = delete(&w, &hollis, &comment, "?status=held").await;
    for refused in [undone, deleted, redact(&hollis).await] {
        refused.problem(409, "conflict");
        assert_eq!(refused.json()["detail"], "Mo has claimed it until 2026-03-14T12:10:00Z.");
    }
    redact(&mo).await.expect(200);
    // What they wrote stays in their author's hands.
    w.delete(&ada.access_token, &comment).await.expect(204);
}

#[actix_web::test]
async fn that_a_reported_comment_may_stay_is_a_verdict_too() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (mo, hollis) = (w.moderator("Mo").await, w.moderator("Hollis").await);
    let comment = w.say(&slug, "Hurtful.", None).await;
    w.reported(&comment, "abuse").await;
    w.give(&mo, &comment, "approve", json!({})).await.expect(200);
    // It is as visible as she saw it, and all the same somebody decided.
    let refused = w.give(&hollis, &comment, "reject", json!({ "status": "visible" })).await;
    refused.problem(409, "conflict");
    let detail = "Mo has just decided on it: the comment is visible. Look again in a minute.";
    assert_eq!(refused.json()["detail"], detail);
    delete(&w, &hollis, &comment, "?status=visible").await.problem(409, "conflict");
    w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    w.give(&hollis, &comment, "reject", json!({ "status": "visible" })).await.expect(200);
}

#[actix_web::test]
async fn taking_a_verdict_back_is_known_like_giving_one() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (mo, hollis, june) = (w.moderator("Mo").await, w.moderator("Hollis").await, w.admin("June").await);
    let comment = w.say(&slug, "Hello.", None).await;
    let given = w.give(&mo, &comment, "reject", json!({})).await.expect(200);
    let undo = format!("/v1/moderation/verdicts/{}/undo", given["verdict_id"].as_str().unwrap());
    w.post_by(&hollis, &undo, &json!({})).await.expect(200);
    // June looked before either.
    let refused = w.give(&june, &comment, "hold", json!({})).await;
    refused.problem(409, "conflict");
    assert!(refused.json()["detail"].as_str().unwrap().starts_with("Hollis has just decided on it"));
    w.give(&hollis, &comment, "hold", json!({})).await.expect(200);
}

#[actix_web::test]
async fn what_its_author_made_of_it_since_is_nobodys_verdict() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let (mo, hollis, ada) = (w.moderator("Mo").await, w.moderator("Hollis").await, w.reader("Ada").await);
    let comment = id(&w.post_as(&ada.access_token, &slug, &json!({ "body": "Hello." })).await.expect(201));
    w.give(&mo, &comment, "approve", json!({})).await.expect(200);
    let edit = w.request(Method::PATCH, &format!("/v1/comments/{comment}")).bearer(&ada.access_token);
    let edited = edit.header("if-match", "*").json(&json!({ "body": "Buy this." })).send().await.expect(200);
    assert_eq!(edited["status"], "pending");
    w.give(&hollis, &comment, "reject", json!({})).await.expect(200);
}
