use super::{create, line, names, path, replace};
use crate::world::{Person, Reply, World};
use reqwest::Method;
use serde_json::Value;

async fn delete(w: &World, by: &Person, resource: &Value) -> Reply {
    let request = w.request(Method::DELETE, &path(resource)).bearer(&by.access_token);
    request.header("if-match", &format!("\"{}\"", resource["revision"])).send().await
}

#[actix_web::test]
async fn it_is_shown_no_more() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let made = create(&w, &moderator, &line("A line", "", "en")).await.expect(201);
    assert_eq!(names(&w, "").await, ["A line"]);
    delete(&w, &moderator, &made).await.expect(204);
    assert!(names(&w, "").await.is_empty());
    delete(&w, &moderator, &made).await.problem(404, "not_found");
}

#[actix_web::test]
async fn nobody_deletes_what_they_have_not_seen() {
    let w = World::new().await;
    let (moderator, coach) = (w.moderator("Mo").await, w.coach("Colin").await);
    let made = create(&w, &moderator, &line("A line", "", "en")).await.expect(201);
    replace(&w, &moderator, &made, &line("Another", "", "en")).await.expect(200);
    delete(&w, &moderator, &made).await.problem(412, "precondition_failed");
    let request = w.request(Method::DELETE, &path(&made)).bearer(&moderator.access_token);
    request.send().await.problem(428, "precondition_required");
    delete(&w, &coach, &made).await.problem(403, "forbidden");
    w.request(Method::DELETE, &path(&made)).send().await.problem(401, "unauthenticated");
    assert_eq!(names(&w, "").await, ["Another"]);
}
