//! What is better said otherwise is pointed out, and taken when its author wants it as it is.

use crate::comments::screening::{prints, waiting, waits};
use crate::world::{Reply, World};
use colloquy::db::schema::{guests, used_challenges};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};

const PRIVATE: &str = "Write to me: wendy@example.org, or call +49 30 901820.";

/// What is said of the body, by its codes.
#[track_caller]
fn nudged(reply: &Reply) -> Vec<String> {
    assert!(reply.problem(422, "rephrase").iter().all(|place| place == "#/body"));
    let code = |error: &Value| error["code"].as_str().unwrap().to_owned();
    reply.json()["errors"].as_array().unwrap().iter().map(code).collect()
}

#[actix_web::test]
async fn personal_data_is_pointed_out_without_being_told_again_and_nothing_is_kept() {
    let w = World::with(&[("challenge_bits", "6"), ("challenge_after", "0")]).await;
    let (slug, article_id) = w.open_article().await;
    let challenge = w.met_challenge().await;
    let mut body = json!({ "body": PRIVATE, "guest": { "name": "Wendy" }, "challenge": challenge });
    let path = format!("/v1/articles/{slug}/comments");
    let send =
        |body: &Value| w.request(Method::POST, &path).header("idempotency-key", "the-first-key").json(body).send();
    let reply = send(&body).await;
    assert_eq!(nudged(&reply), ["personal_data", "personal_data"]);
    assert!(!reply.text().contains("wendy@example.org") && !reply.text().contains("901820"), "{}", reply.text());
    assert!(reply.json()["detail"].as_str().unwrap().contains("as_is"));
    let conn = &mut w.db.conn().await;
    let guests: i64 = guests::table.count().get_result(conn).await.unwrap();
    let used: i64 = used_challenges::table.count().get_result(conn).await.unwrap();
    assert_eq!((w.stored(article_id).await, guests, used, prints(&w).await), (0, 0, 0, 0));
    // The same challenge and the same key are good again.
    body["as_is"] = json!(true);
    let held = send(&body).await.expect(201);
    waits(&held, "held", &["personal_data"]);
    assert_eq!(waiting(&w, &held["id"]).await.unwrap().0, "held");
    assert!(!w.get(&path).await.text().contains("wendy@example.org"));
    assert_eq!(send(&body).await.expect(201), held, "sent again, it is answered alike");
}

#[actix_web::test]
async fn capitals_are_pointed_out_and_shown_where_they_are_meant() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let shout = "THIS HELPED ME MORE THAN ANYTHING ELSE";
    assert_eq!(nudged(&w.post_as(&ada.access_token, &slug, &json!({ "body": shout })).await), ["shouting"]);
    let meant = w.post_as(&ada.access_token, &slug, &json!({ "body": shout, "as_is": true })).await.expect(201);
    assert_eq!((&meant["status"], meant.get("moderation")), (&json!("visible"), None));
}

#[actix_web::test]
async fn staff_is_told_nothing() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let colin = w.coach("Colin").await;
    assert_eq!(
        w.post_as(&colin.access_token, &slug, &json!({ "body": PRIVATE })).await.expect(201)["status"],
        "visible"
    );
}

#[actix_web::test]
async fn what_is_wrong_otherwise_is_said_first() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let body = json!({ "body": PRIVATE, "guest": { "name": "" } });
    let reply = w.post(&format!("/v1/articles/{slug}/comments"), &body).await;
    assert_eq!(reply.problem(422, "validation"), ["#/guest/name"]);
}
