//! Until when an author may change a comment.

use crate::world::{Reply, World, events, id};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;

async fn edit(w: &World, token: &str, id: &str, body: &str) -> Reply {
    let request = w.request(Method::PATCH, &format!("/v1/comments/{id}")).bearer(token);
    request.header("if-match", "*").json(&json!({ "body": body })).send().await
}

#[actix_web::test]
async fn an_author_has_an_hour() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let reader = w.reader("Ada").await;
    let comment = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "First." })).await.expect(201));
    let guest = w.post_as_guest(&slug, "First.", None).await.expect(201);
    w.clock.set(w.clock.now() + TimeDelta::seconds(60 * 60 - 1));
    let (token, _) = w.log_in(&reader.email).await;
    edit(&w, &token, &comment, "Second.").await.expect(200);
    w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    let late = edit(&w, &token, &comment, "Third.").await;
    late.problem(409, "edit_window_closed");
    assert_eq!(late.json()["detail"], "It could be changed until 2026-03-14T13:00:00Z.");
    let by_guest = w.request(Method::PATCH, &format!("/v1/comments/{}", id(&guest))).header("if-match", "*");
    let by_guest = by_guest.guest(guest["manage_token"].as_str().unwrap()).json(&json!({ "body": "Third." }));
    by_guest.send().await.problem(409, "edit_window_closed");
    assert_eq!(w.get(&format!("/v1/comments/{comment}")).await.expect(200)["body"]["text"], "Second.");
    // What they said stays theirs to take back.
    w.delete(&token, &comment).await.expect(204);
}

#[actix_web::test]
async fn without_minutes_until_somebody_answers() {
    let w = World::with(&[("comment_edit_minutes", "0")]).await;
    let (slug, _) = w.open_article().await;
    let reader = w.reader("Ada").await;
    let comment = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "First." })).await.expect(201));
    w.clock.set(w.clock.now() + TimeDelta::days(400));
    let (token, _) = w.log_in(&reader.email).await;
    edit(&w, &token, &comment, "Second.").await.expect(200);
    w.say(&slug, "An answer.", Some(&comment)).await;
    let late = edit(&w, &token, &comment, "Third.").await;
    late.problem(409, "edit_window_closed");
    assert_eq!(late.json()["detail"], "It could be changed until it was answered.");
}

#[actix_web::test]
async fn what_staff_say_stays_in_their_hands() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    for person in [w.coach("Colin").await, w.moderator("Mo").await, w.admin("June").await] {
        let (token, _) = w.log_in(&person.email).await;
        let comment = id(&w.post_as(&token, &slug, &json!({ "body": "First." })).await.expect(201));
        w.say(&slug, "An answer.", Some(&comment)).await;
        w.clock.set(w.clock.now() + TimeDelta::days(1));
        let (token, _) = w.log_in(&person.email).await;
        edit(&w, &token, &comment, "Second.").await.expect(200);
    }
}

#[actix_web::test]
async fn an_edit_that_changes_nothing_leaves_no_trace() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (reader, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let comment = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "First." })).await.expect(201));
    let before = events(&mut w.db.conn().await).await.len();
    let same = edit(&w, &reader.access_token, &comment, "First.").await.expect(200);
    assert_eq!((&same["revision"], &same["edited_at"]), (&json!(1), &json!(null)));
    assert_eq!(events(&mut w.db.conn().await).await.len(), before);
    let history = w.request(Method::GET, &format!("/v1/moderation/comments/{comment}/revisions"));
    let history = history.bearer(&moderator.access_token).send().await.expect(200);
    assert_eq!((&history["items"], &history["revision"]), (&json!([]), &json!(1)));
}
