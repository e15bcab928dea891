//! The same request with the same `Idempotency-Key` posts once.

use crate::world::{World, id};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn guest(body: &str) -> Value {
    json!({ "body": body, "guest": { "name": "Wendy" } })
}

#[actix_web::test]
async fn the_same_key_posts_once() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let path = format!("/v1/articles/{slug}/comments");
    let send =
        |key: &'static str, body: Value| w.request(Method::POST, &path).header("idempotency-key", key).json(&body);
    let first = send("a-key-of-mine", guest("Once.")).send().await.expect(201);
    let again = send("a-key-of-mine", guest("Once.")).send().await.expect(201);
    assert_eq!(first, again);
    assert!(first["manage_token"].is_string());
    let reused = send("a-key-of-mine", guest("Twice.")).send().await.problem(422, "idempotency_key_reused");
    assert_eq!(reused, ["Idempotency-Key"]);
    let malformed = send("short", guest("Once.")).send().await.problem(400, "bad_request");
    assert_eq!(malformed, ["Idempotency-Key"]);
    // Somebody else's keys are not mine.
    let reader = w.reader("Ada").await;
    let member =
        send("a-key-of-mine", json!({ "body": "Mine." })).bearer(&reader.access_token).send().await.expect(201);
    assert_ne!(member["id"], first["id"]);
    assert_eq!(w.stored(article_id).await, 2);
}

#[actix_web::test]
async fn the_same_key_at_the_same_time_posts_once() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let path = format!("/v1/articles/{slug}/comments");
    let posts = (0..12).map(|_| {
        w.request(Method::POST, &path).header("idempotency-key", "a-key-of-mine").json(&guest("Once.")).send()
    });
    let mut ids = BTreeSet::new();
    for reply in join_all(posts).await {
        match reply.status.as_u16() {
            201 => ids.insert(id(&reply.json())),
            _ => reply.problem(409, "idempotency_key_in_flight").is_empty(),
        };
    }
    assert_eq!((ids.len(), w.stored(article_id).await), (1, 1));
}

#[actix_web::test]
async fn a_kept_answer_holds_neither_text_nor_token() {
    use colloquy::db::schema::idempotency_keys;
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let path = format!("/v1/articles/{slug}/comments");
    let post = || w.request(Method::POST, &path).header("idempotency-key", "a-key-of-mine").json(&guest("Private."));
    let first = post().send().await.expect(201);
    let kept: Value =
        idempotency_keys::table.select(idempotency_keys::answer).first(&mut w.db.conn().await).await.unwrap();
    assert!(
        !kept.to_string().contains("Private.") && !kept.to_string().contains(first["manage_token"].as_str().unwrap())
    );
    let delete = w.request(Method::DELETE, &format!("/v1/comments/{}", id(&first)));
    delete.guest(first["manage_token"].as_str().unwrap()).send().await.expect(204);
    let again = post().send().await.expect(201);
    assert_eq!((&again["status"], &again["body"]), (&json!("deleted"), &Value::Null));
}
