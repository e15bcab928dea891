use super::send;
use crate::world::World;
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn it_is_shown_once_and_good_for_its_scopes() {
    let w = World::new().await;
    let admin = w.admin("June").await;
    let wanted = json!({ "name": "Build of the website", "scopes": ["drafts", "drafts"] });
    let reply = send(&w, Method::POST, "/v1/service-tokens", &admin.access_token, &wanted).await;
    let issued = reply.expect(201);
    assert_eq!(reply.header("location"), format!("/v1/service-tokens/{}", issued["id"].as_str().unwrap()));
    let seen = (&issued["name"], &issued["scopes"], &issued["created_by"], &issued["expires_at"]);
    let expected = ("Build of the website", ["drafts"], admin.id.clone(), "2026-06-12T12:00:00Z");
    assert_eq!(seen, (&json!(expected.0), &json!(expected.1), &json!(expected.2), &json!(expected.3)));
    let token = issued["token"].as_str().unwrap();
    assert!(token.starts_with("cst_") && token.len() > 40);
    send(&w, Method::GET, "/v1/drafts", token, &Value::Null).await.expect(200);
    send(&w, Method::GET, "/v1/moderation/comments", token, &Value::Null).await.problem(403, "forbidden");
    send(&w, Method::GET, "/v1/service-tokens", token, &Value::Null).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn a_program_writes_articles_in_the_name_of_coaches() {
    let w = World::new().await;
    let (admin, coach) = (w.admin("June").await, w.coach("Marit").await);
    let (_, token) = w.service(&admin, &["articles"]).await;
    let article = json!({ "title": "How to listen", "body": "With both ears." });
    let nobody = send(&w, Method::POST, "/v1/articles", &token, &article).await;
    assert_eq!(nobody.problem(422, "validation"), ["#/authors/0"]);
    let article = json!({ "title": "How to listen", "body": "With both ears.", "authors": [coach.id] });
    let created = send(&w, Method::POST, "/v1/articles", &token, &article).await.expect(201);
    assert_eq!(created["authors"][0]["name"], "Marit");
    let publish = w.request(Method::POST, "/v1/articles/how-to-listen/publish").bearer(&token);
    publish.header("if-match", &format!("\"{}\"", created["revision"])).send().await.expect(200);
}

#[actix_web::test]
async fn it_expires() {
    let w = World::new().await;
    let admin = w.admin("June").await;
    let wanted = json!({ "name": "Short", "scopes": ["drafts"], "expires_in_days": 1 });
    let issued = send(&w, Method::POST, "/v1/service-tokens", &admin.access_token, &wanted).await.expect(201);
    let token = issued["token"].as_str().unwrap();
    send(&w, Method::GET, "/v1/drafts", token, &Value::Null).await.expect(200);
    w.clock.set(w.clock.now() + TimeDelta::days(1));
    send(&w, Method::GET, "/v1/drafts", token, &Value::Null).await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn what_is_asked_wrongly_is_refused_by_name() {
    let w = World::new().await;
    let admin = w.admin("June").await;
    let issue = async |wanted: Value| send(&w, Method::POST, "/v1/service-tokens", &admin.access_token, &wanted).await;
    let refused = issue(json!({ "name": "x", "scopes": [], "expires_in_days": 366 })).await;
    assert_eq!(refused.problem(422, "validation"), ["#/scopes", "#/expires_in_days"]);
    assert_eq!(issue(json!({ "name": " ", "scopes": ["drafts"] })).await.problem(422, "validation"), ["#/name"]);
    issue(json!({ "name": "x", "scopes": ["everything"] })).await.problem(400, "bad_request");
    issue(json!({ "name": "x", "scopes": ["drafts"], "role": "admin" })).await.problem(400, "bad_request");
    let coach = w.coach("Marit").await;
    let wanted = json!({ "name": "x", "scopes": ["drafts"] });
    send(&w, Method::POST, "/v1/service-tokens", &coach.access_token, &wanted).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn nobody_can_read_it_out_of_the_database() {
    use colloquy::db::schema::service_tokens;
    use diesel::prelude::*;
    use diesel_async::RunQueryDsl;
    let w = World::new().await;
    let admin = w.admin("June").await;
    let (_, token) = w.service(&admin, &["relay"]).await;
    let hashes: Vec<Vec<u8>> =
        service_tokens::table.select(service_tokens::token_hash).load(&mut w.db.conn().await).await.unwrap();
    assert_eq!(hashes, [colloquy::secrets::token_hash(&token)]);
}
