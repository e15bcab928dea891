use super::{call, save_reply};
use crate::world::World;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn a_text_is_kept_once() {
    let w = World::new().await;
    let coach = w.coach("Marit").await;
    let new = json!({ "title": "  Where the\u{a0}group meets ", "body": "We meet *every Thursday*.", "shared": true });
    let send = async |body| {
        let request = w.request(Method::POST, "/v1/desk/saved-replies").bearer(&coach.access_token);
        request.header("idempotency-key", "saved-reply-1").json(body).send().await
    };
    let kept = send(&new).await;
    let reply = kept.expect(201);
    let expected = json!({
        "id": reply["id"], "revision": 1, "title": "Where the group meets", "body": "We meet *every Thursday*.", "shared": true,
        "author": { "id": coach.id, "name": "Marit" }, "created_at": w.clock.now(), "updated_at": w.clock.now(),
    });
    assert_eq!(reply, expected);
    assert_eq!(kept.header("etag"), "\"1\"");
    assert_eq!(kept.header("location"), format!("/v1/desk/saved-replies/{}", reply["id"].as_str().unwrap()));
    assert_eq!(send(&new).await.expect(201), expected);
    let other = json!({ "title": "Another", "body": "Text." });
    send(&other).await.problem(422, "idempotency_key_reused");
}

#[actix_web::test]
async fn what_is_wrong_with_it_is_told_and_there_are_two_hundred_at_most() {
    let w = World::new().await;
    let coach = w.coach("Marit").await;
    let (long_title, long_body) = ("x".repeat(121), "x".repeat(20_001));
    for (title, body, flaws) in [
        ("", "Text.", vec!["#/title"]),
        ("Two\nlines", "Text.", vec!["#/title"]),
        ("Title", " ", vec!["#/body"]),
        (long_title.as_str(), long_body.as_str(), vec!["#/title", "#/body"]),
    ] {
        let refused = call(&w, &coach, Method::POST, "saved-replies", &json!({ "title": title, "body": body })).await;
        assert_eq!(refused.problem(422, "validation"), flaws);
    }
    let unknown = json!({ "title": "Title", "body": "Text.", "tags": [] });
    call(&w, &coach, Method::POST, "saved-replies", &unknown).await.problem(400, "bad_request");
    let new = json!({ "title": "x".repeat(120), "body": "x".repeat(20_000) });
    assert_eq!(call(&w, &coach, Method::POST, "saved-replies", &new).await.expect(201)["shared"], false);
    for n in 1..200 {
        save_reply(&w, &coach, &format!("Reply {n}"), n % 2 == 0).await;
    }
    let new = json!({ "title": "One more", "body": "Text." });
    call(&w, &coach, Method::POST, "saved-replies", &new).await.problem(409, "conflict");
    save_reply(&w, &w.coach("Colin").await, "One more", false).await;
    call(&w, &w.reader("Wren").await, Method::POST, "saved-replies", &new).await.problem(403, "forbidden");
}
