//! Articles that take no more comments after a while.

use crate::world::{OPEN, World, id};
use chrono::TimeDelta;
use colloquy::articles::CommentPolicyInput;
use reqwest::Method;
use serde_json::{Value, json};

const A_WEEK: CommentPolicyInput = CommentPolicyInput { close_after_days: Some(Some(7)), ..OPEN };

#[actix_web::test]
async fn a_cached_article_closes_by_itself_at_that_second() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("A week", A_WEEK).await;
    let (path, closes_at) = (format!("/v1/articles/{slug}"), w.clock.now() + TimeDelta::days(7));
    let article = w.get_kept(&path).await;
    assert_eq!(
        article.expect(200)["comments"],
        json!({ "open": true, "guests": true, "moderation": "open", "links_held": 2, "close_after_days": 7, "closes_at": closes_at })
    );
    let list = w.get_kept("/v1/articles").await;
    assert_eq!(list.expect(200)["items"][0]["comments"]["open"], true);
    w.clock.set(closes_at - TimeDelta::seconds(1));
    let (statements, before) = w.statements(async { (w.get(&path).await, w.get("/v1/articles").await) }).await;
    assert_eq!((before.0.header("etag"), before.1.header("etag")), (article.header("etag"), list.header("etag")));
    assert_eq!(statements, 0, "it is kept until then");
    w.clock.set(closes_at);
    assert_eq!(w.get(&path).await.expect(200)["comments"]["open"], false);
    assert_eq!(w.get("/v1/articles").await.expect(200)["items"][0]["comments"]["open"], false);
    // And that is kept as well.
    let (statements, _) = w.statements(w.get(&path)).await;
    assert_eq!(statements, 0);
}

#[actix_web::test]
async fn readers_come_too_late_and_staff_still_answer() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("A week", A_WEEK).await;
    let (reader, coach) = (w.reader("Ada").await, w.coach("Marit").await);
    w.clock.set(w.clock.now() + TimeDelta::days(7) - TimeDelta::seconds(1));
    let (token, _) = w.log_in(&reader.email).await;
    let last = id(&w.post_as(&token, &slug, &json!({ "body": "Just in time." })).await.expect(201));
    w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    w.post_as_guest(&slug, "Too late.", None).await.problem(403, "comments_closed");
    w.post_as(&token, &slug, &json!({ "body": "Too late." })).await.problem(403, "comments_closed");
    let (by_coach, _) = w.log_in(&coach.email).await;
    w.post_as(&by_coach, &slug, &json!({ "body": "An answer.", "parent_id": last })).await.expect(201);
    // What was said in time can be put better.
    let edit = w.request(Method::PATCH, &format!("/v1/comments/{last}")).bearer(&token).header("if-match", "\"1\"");
    edit.json(&json!({ "body": "Just in time!" })).send().await.expect(200);
}

#[actix_web::test]
async fn the_publication_has_a_default_that_an_article_can_leave() {
    let w = World::with(&[("comments_close_after_days", "14")]).await;
    let coach = w.coach("Marit").await;
    let article = w.article(&coach, json!({ "title": "How to listen" })).await;
    let slug = article["slug"].as_str().unwrap();
    let path = format!("/v1/articles/{slug}");
    let terms = async || w.get(&path).await.expect(200)["comments"].clone();
    let published = w.clock.now();
    let seen = terms().await;
    assert_eq!(
        (&seen["close_after_days"], &seen["closes_at"]),
        (&Value::Null, &json!(published + TimeDelta::days(14)))
    );
    let edit = async |comments: Value| {
        let request = w.request(Method::PATCH, &path).bearer(&coach.access_token).header("if-match", "*");
        request.json(&json!({ "comments": comments })).send().await
    };
    let never = edit(json!({ "close_after_days": 0 })).await.expect(200)["comments"].clone();
    assert_eq!((&never["close_after_days"], &never["closes_at"]), (&json!(0), &Value::Null));
    let shown = ["close_after_days", "closes_at"].map(|name| never[name].clone());
    let seen = terms().await;
    assert_eq!([&seen["close_after_days"], &seen["closes_at"]], shown.each_ref());
    // What is left out stays, and null goes back to the publication's.
    edit(json!({ "guests": false })).await.expect(200);
    assert_eq!(terms().await["close_after_days"], 0);
    let again = edit(json!({ "close_after_days": null })).await.expect(200)["comments"].clone();
    assert_eq!(again["closes_at"], json!(published + TimeDelta::days(14)));
    for days in [-1, 36_501] {
        let refused = edit(json!({ "close_after_days": days })).await;
        assert_eq!(refused.problem(422, "validation"), ["#/comments/close_after_days"]);
    }
    edit(json!({ "close_after_days": "soon" })).await.problem(400, "bad_request");
}

#[actix_web::test]
async fn an_editor_reads_what_is_set_also_after_that_time() {
    let w = World::new().await;
    let coach = w.coach("Marit").await;
    let draft = w.draft(&coach, json!({ "title": "A day", "comments": { "close_after_days": 1 } })).await;
    assert_eq!((&draft["comments"]["close_after_days"], &draft["comments"]["closes_at"]), (&json!(1), &Value::Null));
    let slug = draft["slug"].as_str().unwrap();
    let publish = w.request(Method::POST, &format!("/v1/articles/{slug}/publish")).bearer(&coach.access_token);
    let published = publish.header("if-match", "*").send().await.expect(200);
    assert_eq!(published["comments"]["closes_at"], json!(w.clock.now() + TimeDelta::days(1)));
    w.clock.set(w.clock.now() + TimeDelta::days(2));
    let (token, _) = w.log_in(&coach.email).await;
    let path = format!("/v1/drafts/{}", draft["id"].as_str().unwrap());
    let seen = w.request(Method::GET, &path).bearer(&token).send().await.expect(200)["comments"].clone();
    assert_eq!((&seen["open"], &seen["closes_at"]), (&json!(true), &published["comments"]["closes_at"]));
    assert_eq!(w.get(&format!("/v1/articles/{slug}")).await.expect(200)["comments"]["open"], false);
}
