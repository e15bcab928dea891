use super::{at, bearer, call, pair, post, say, unverified_pair};
use crate::world::{Reply, World, too_often};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;

async fn edit(w: &World, by: &str, path: &str, revision: &str, text: &str) -> Reply {
    let request = w.request(Method::PATCH, path).header("authorization", by).header("if-match", revision);
    request.json(&json!({ "body": text })).send().await
}

#[actix_web::test]
async fn its_author_changes_what_it_says() {
    let w = World::new().await;
    let (ada, marit, thread) = pair(&w).await;
    let path = at(&thread, "/messages/1");
    w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    let reply = edit(&w, &ada, &path, "\"1\"", "I wrote it **here**.").await;
    assert_eq!(reply.header("etag"), "\"2\"");
    let changed = reply.expect(200);
    assert_eq!((&changed["revision"], &changed["edited_at"]), (&json!(2), &json!(w.clock.now())));
    assert_eq!(super::said(&w, &marit, &thread).await, ["I wrote it **here**."]);
    // The same text is no change.
    assert_eq!(edit(&w, &ada, &path, "\"2\"", "I wrote it **here**.").await.expect(200), changed);
}

#[actix_web::test]
async fn the_revision_that_was_read_must_be_named() {
    let w = World::new().await;
    let (ada, _, thread) = pair(&w).await;
    let path = at(&thread, "/messages/1");
    call(&w, &ada, Method::PATCH, &path, Some(json!({ "body": "?" }))).await.problem(428, "precondition_required");
    edit(&w, &ada, &path, "\"7\"", "?").await.problem(412, "precondition_failed");
    let blank = edit(&w, &ada, &path, "\"1\"", "").await;
    assert_eq!(blank.problem(422, "validation"), ["#/body"]);
}

#[actix_web::test]
async fn nobody_changes_what_another_said() {
    let w = World::new().await;
    let (ada, marit, thread) = pair(&w).await;
    say(&w, &marit, &thread, "I am here.").await;
    edit(&w, &marit, &at(&thread, "/messages/1"), "\"1\"", "?").await.problem(403, "forbidden");
    edit(&w, &ada, &at(&thread, "/messages/2"), "\"1\"", "?").await.problem(403, "forbidden");
    edit(&w, &ada, &at(&thread, "/messages/3"), "\"1\"", "?").await.problem(404, "not_found");
    let joss = bearer(&w.coach("Joss").await);
    edit(&w, &joss, &at(&thread, "/messages/1"), "\"1\"", "?").await.problem(404, "not_found");
    // A number of another thread is no way in either.
    let other = super::opened(&w, &ada).await;
    edit(&w, &ada, &at(&other, "/messages/2"), "\"1\"", "?").await.problem(404, "not_found");
    edit(&w, &ada, &at(&thread, "/messages/x"), "\"1\"", "?").await.problem(404, "not_found");
}

#[actix_web::test]
async fn as_long_as_comments_can_be_changed() {
    let w = World::with(&[("comment_edit_minutes", "10")]).await;
    let (ada, _, thread) = pair(&w).await;
    let path = at(&thread, "/messages/1");
    w.clock.set(w.clock.now() + TimeDelta::minutes(9));
    edit(&w, &ada, &path, "\"1\"", "In time.").await.expect(200);
    w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    edit(&w, &ada, &path, "\"2\"", "Too late.").await.problem(409, "edit_window_closed");
}

#[actix_web::test]
async fn or_until_it_is_answered() {
    let w = World::with(&[("comment_edit_minutes", "0")]).await;
    let (ada, marit, thread) = pair(&w).await;
    say(&w, &ada, &thread, "More of it.").await;
    edit(&w, &ada, &at(&thread, "/messages/1"), "\"1\"", "Nobody has answered.").await.expect(200);
    say(&w, &marit, &thread, "I see.").await;
    edit(&w, &ada, &at(&thread, "/messages/1"), "\"2\"", "Too late.").await.problem(409, "edit_window_closed");
}

#[actix_web::test]
async fn not_in_a_closed_thread() {
    let w = World::new().await;
    let (ada, _, thread) = pair(&w).await;
    post(&w, &ada, &at(&thread, "/close"), json!({})).await.expect(200);
    edit(&w, &ada, &at(&thread, "/messages/1"), "\"1\"", "?").await.problem(409, "conflict");
}

#[actix_web::test]
async fn a_guest_confirms_the_address_first_and_who_is_muted_cannot() {
    let w = World::new().await;
    let (guest, thread) = unverified_pair(&w).await;
    edit(&w, &guest, &at(&thread, "/messages/1"), "\"1\"", "?").await.problem(403, "address_unverified");
    let ada = w.reader("Ada").await;
    let own = super::opened(&w, &bearer(&ada)).await;
    super::mute(&w, &ada).await;
    edit(&w, &bearer(&ada), &at(&own, "/messages/1"), "\"1\"", "?").await.problem(403, "muted");
}

#[actix_web::test]
async fn too_many_at_once_are_refused() {
    let w = World::with(&[("comments_per_minute", "5")]).await;
    let (ada, _, thread) = pair(&w).await;
    let path = at(&thread, "/messages/1");
    let send = async || edit(&w, &ada, &path, "*", "Again.").await;
    too_often(send).await.problem(429, "too_many_requests");
}
