use crate::world::{Reply, World};
use colloquy::db::schema::guests;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};

async fn erase(w: &World, token: &str, comments: &str) -> Reply {
    w.request(Method::DELETE, &format!("/v1/guests/me?comments={comments}")).guest(token).send().await
}

/// A guest who wrote twice; returns the token and the first comment's id.
async fn guest(w: &World, slug: &str) -> (String, String) {
    let path = format!("/v1/articles/{slug}/comments");
    let body = json!({ "body": "plumage", "guest": { "name": "Quetzal", "email": "quetzal@example.org" } });
    let posted = w.post(&path, &body).await.expect(201);
    let (token, id) = (posted["manage_token"].as_str().unwrap(), posted["id"].as_str().unwrap());
    let more = json!({ "body": "plumage too", "parent_id": id });
    w.request(Method::POST, &path).guest(token).json(&more).send().await.expect(201);
    (token.to_owned(), id.to_owned())
}

#[actix_web::test]
async fn a_guest_is_gone_at_once_with_what_was_written() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (token, id) = guest(&w, &slug).await;
    w.say(&slug, "A stranger's reply", Some(&id)).await;
    erase(&w, &token, "remove").await.expect(204);
    let dump = w.dump().await;
    for canary in ["Quetzal", "plumage"] {
        World::assert_absent(&dump, "it", canary.as_bytes());
    }
    let left: Vec<String> = guests::table.select(guests::display_name).load(&mut w.db.conn().await).await.unwrap();
    assert_eq!(left, ["Wendy"]);
    let thread = w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200);
    let root = &thread["items"][0];
    assert_eq!((&thread["count"], &root["author"], &root["reply_count"]), (&json!(1), &Value::Null, &json!(1)));
    assert_eq!(root["replies"]["items"][0]["body"]["markdown"], "A stranger's reply");
    w.assert_counters_right().await;
    // The token is good for nothing now; asking again does no harm.
    let body = json!({ "body": "still here" });
    w.request(Method::POST, &format!("/v1/articles/{slug}/comments"))
        .guest(&token)
        .json(&body)
        .send()
        .await
        .problem(401, "unauthenticated");
    erase(&w, &token, "remove").await.expect(204);
}

#[actix_web::test]
async fn or_what_was_written_stays_without_a_name() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (token, id) = guest(&w, &slug).await;
    erase(&w, &token, "anonymise").await.expect(204);
    let comment = w.get(&format!("/v1/comments/{id}")).await.expect(200);
    assert_eq!(comment["author"], json!({ "id": null, "name": "Former member", "kind": "reader" }));
    assert_eq!(comment["body"]["markdown"], "plumage");
    World::assert_absent(&w.dump().await, "the name", b"Quetzal");
    let edit = w.request(Method::DELETE, &format!("/v1/comments/{id}")).guest(&token).send().await;
    edit.problem(403, "forbidden");
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn others_are_turned_away() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (token, _) = guest(&w, &slug).await;
    erase(&w, "nonsense", "remove").await.problem(401, "unauthenticated");
    w.request(Method::DELETE, "/v1/guests/me?comments=remove").send().await.problem(401, "unauthenticated");
    let ada = w.reader("Ada").await;
    let member = w.request(Method::DELETE, "/v1/guests/me?comments=remove").bearer(&ada.access_token).send().await;
    member.problem(403, "forbidden");
    let unsaid = w.request(Method::DELETE, "/v1/guests/me").guest(&token).send().await;
    assert_eq!(unsaid.problem(400, "bad_request"), ["comments"]);
}
