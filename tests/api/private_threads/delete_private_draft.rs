use super::{at, bearer, call, get, pair};
use crate::world::World;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn it_is_thrown_away() {
    let w = World::new().await;
    let (ada, _, thread) = pair(&w).await;
    let draft = json!({ "body": "What I wanted" });
    call(&w, &ada, Method::PUT, &at(&thread, "/draft"), Some(draft)).await.expect(200);
    for _ in 0..2 {
        call(&w, &ada, Method::DELETE, &at(&thread, "/draft"), None).await.expect(204);
    }
    get(&w, &ada, &at(&thread, "/draft")).await.problem(404, "not_found");
    let joss = bearer(&w.coach("Joss").await);
    call(&w, &joss, Method::DELETE, &at(&thread, "/draft"), None).await.problem(404, "not_found");
}
