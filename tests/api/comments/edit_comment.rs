mod corrections;
mod screening;
mod window;

use crate::world::{CAREFUL, Reply, World, id, too_often};
use reqwest::Method;
use serde_json::{Value, json};

async fn edit(w: &World, token: &str, id: &str, revision: &str, body: &str) -> Reply {
    let request = w.request(Method::PATCH, &format!("/v1/comments/{id}")).bearer(token);
    request.header("if-match", revision).json(&json!({ "body": body })).send().await
}

#[actix_web::test]
async fn an_author_changes_what_a_comment_says() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let reader = w.reader("Ada").await;
    let posted = w.post_as(&reader.access_token, &slug, &json!({ "body": "First." })).await;
    let comment = posted.expect(201);
    let path = format!("/v1/articles/{slug}/comments");
    w.get(&path).await.expect(200);
    let edited = edit(&w, &reader.access_token, &id(&comment), posted.header("etag"), "**Second.**").await;
    let after = edited.expect(200);
    assert_eq!((&after["revision"], &after["body"]["text"]), (&json!(2), &json!("Second.")));
    assert_eq!((edited.header("etag"), &after["edited_at"]), ("\"2\"", &json!(w.clock.now())));
    assert_eq!(comment["edited_at"], Value::Null);
    assert_eq!(w.get(&path).await.expect(200)["items"], json!([after]));
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn a_guest_edits_with_the_manage_token() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let posted = w.post_as_guest(&slug, "First.", None).await.expect(201);
    let request = || w.request(Method::PATCH, &format!("/v1/comments/{}", id(&posted))).header("if-match", "\"1\"");
    let other = w.post_as_guest(&slug, "Other.", None).await.expect(201);
    let body = json!({ "body": "Second." });
    let stranger = request().guest(other["manage_token"].as_str().unwrap()).json(&body).send().await;
    stranger.problem(403, "forbidden");
    let edited = request().guest(posted["manage_token"].as_str().unwrap()).json(&body).send().await;
    assert_eq!(edited.expect(200)["body"]["text"], "Second.");
}

#[actix_web::test]
async fn counters_and_verdicts_do_not_move_the_revision() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (reader, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let comment = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "First." })).await.expect(201));
    w.say(&slug, "reply", Some(&comment)).await;
    w.decide(&moderator.access_token, &comment, "reject").await.expect(200);
    w.decide(&moderator.access_token, &comment, "approve").await.expect(200);
    edit(&w, &reader.access_token, &comment, "\"1\"", "Second.").await.expect(200);
}

#[actix_web::test]
async fn nobody_overwrites_what_was_not_read() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let reader = w.reader("Ada").await;
    let comment = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "First." })).await.expect(201));
    edit(&w, &reader.access_token, &comment, "\"1\"", "Second.").await.expect(200);
    let stale = edit(&w, &reader.access_token, &comment, "\"1\"", "Third.").await;
    assert_eq!(stale.problem(412, "precondition_failed"), ["If-Match"]);
    let blind = w.request(Method::PATCH, &format!("/v1/comments/{comment}")).bearer(&reader.access_token);
    let blind = blind.json(&json!({ "body": "Third." })).send().await;
    assert_eq!(blind.problem(428, "precondition_required"), ["If-Match"]);
    assert_eq!(w.get(&format!("/v1/comments/{comment}")).await.expect(200)["body"]["text"], "Second.");
}

#[actix_web::test]
async fn only_its_author_edits_and_only_what_is_there() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (reader, other, moderator) = (w.reader("Ada").await, w.reader("Bea").await, w.moderator("Mo").await);
    let comment = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "First." })).await.expect(201));
    for stranger in [&other, &moderator] {
        edit(&w, &stranger.access_token, &comment, "\"1\"", "Mine.").await.problem(403, "forbidden");
    }
    let nobody = w.request(Method::PATCH, &format!("/v1/comments/{comment}")).json(&json!({ "body": "Mine." }));
    nobody.send().await.problem(401, "unauthenticated");
    edit(&w, "nonsense", &comment, "\"1\"", "Mine.").await.problem(401, "unauthenticated");
    edit(&w, &reader.access_token, &w.clock.id().to_string(), "\"1\"", "Mine.").await.problem(404, "not_found");
    assert_eq!(edit(&w, &reader.access_token, &comment, "\"1\"", " ").await.problem(422, "validation"), ["#/body"]);
    w.decide(&moderator.access_token, &comment, "reject").await.expect(200);
    edit(&w, &reader.access_token, &comment, "\"1\"", "Second.").await.problem(409, "conflict");
    // To others it has never been there.
    edit(&w, &other.access_token, &comment, "\"1\"", "Mine.").await.problem(404, "not_found");
    w.delete(&reader.access_token, &comment).await.expect(204);
    edit(&w, &reader.access_token, &comment, "*", "Second.").await.problem(404, "not_found");
}

#[actix_web::test]
async fn where_a_moderator_looks_first_one_looks_again() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let (reader, coach, moderator) = (w.reader("Ada").await, w.coach("Colin").await, w.moderator("Mo").await);
    let comment = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "Kind." })).await.expect(201));
    w.decide(&moderator.access_token, &comment, "approve").await.expect(200);
    let answer = json!({ "body": "Answer.", "parent_id": comment });
    w.post_as(&coach.access_token, &slug, &answer).await.expect(201);
    assert_eq!(edit(&w, &reader.access_token, &comment, "\"1\"", "Spam.").await.expect(200)["status"], "pending");
    let page = w.get(&format!("/v1/articles/{slug}/comments")).await;
    let thread = page.expect(200);
    assert!(!page.text().contains("Spam.") && !page.text().contains("Kind."));
    assert_eq!(
        (&thread["count"], &thread["root_count"], &thread["items"][0]["body"]),
        (&json!(1), &json!(1), &Value::Null)
    );
    assert_eq!(thread["items"][0]["replies"]["items"][0]["body"]["text"], "Answer.");
    w.assert_counters_right().await;
    w.decide(&moderator.access_token, &comment, "approve").await.expect(200);
    assert_eq!(w.get(&format!("/v1/comments/{comment}")).await.expect(200)["root_no"], 1);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn changing_is_counted_like_posting() {
    let w = World::with(&[("comments_per_minute", "5")]).await;
    let (slug, _) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let comment = id(&w.post_as(&ada.access_token, &slug, &json!({ "body": "First." })).await.expect(201));
    let change = async || edit(&w, &ada.access_token, &comment, "*", "Again.").await;
    too_often(change).await.problem(429, "too_many_requests");
}
