use super::{create, edit, path, words};
use crate::world::{Reply, World};
use reqwest::Method;
use serde_json::{Value, json};

async fn delete(w: &World, token: &str, rule: &Value) -> Reply {
    let request = w.request(Method::DELETE, &path(rule)).bearer(token);
    request.header("if-match", &format!("\"{}\"", rule["revision"])).send().await
}

#[actix_web::test]
async fn it_is_gone() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let made = create(&w, &moderator.access_token, &words(&["spam"])).await.expect(201);
    delete(&w, &moderator.access_token, &made).await.expect(204);
    delete(&w, &moderator.access_token, &made).await.problem(404, "not_found");
    let request = w.request(Method::GET, &path(&made)).bearer(&moderator.access_token);
    request.send().await.problem(404, "not_found");
}

#[actix_web::test]
async fn nobody_deletes_what_they_have_not_seen() {
    let w = World::new().await;
    let (moderator, coach) = (w.moderator("Mo").await, w.coach("Colin").await);
    let made = create(&w, &moderator.access_token, &words(&["spam"])).await.expect(201);
    edit(&w, &moderator.access_token, &made, &json!({ "enabled": false })).await.expect(200);
    delete(&w, &moderator.access_token, &made).await.problem(412, "precondition_failed");
    let request = w.request(Method::DELETE, &path(&made)).bearer(&moderator.access_token);
    request.send().await.problem(428, "precondition_required");
    delete(&w, &coach.access_token, &made).await.problem(403, "forbidden");
    w.request(Method::DELETE, &path(&made)).send().await.problem(401, "unauthenticated");
}
