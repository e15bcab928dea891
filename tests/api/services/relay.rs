//! A frontend's server that posts for its readers.

use crate::world::{Reply, World};
use reqwest::Method;
use serde_json::json;

async fn try_log_in(w: &World, relay: &str, client: &str) -> Reply {
    let request = w.request(Method::POST, "/v1/sessions").header("colloquy-relay", relay);
    let given = json!({ "email": "ada@example.org", "password": "not the password at all" });
    request.header("colloquy-client", client).json(&given).send().await
}

#[actix_web::test]
async fn each_reader_behind_it_is_counted_alone() {
    let w = World::new().await;
    let admin = w.admin("June").await;
    w.reader("Ada").await;
    let (_, relay) = w.service(&admin, &["relay"]).await;
    let mut refused = 0;
    for _ in 0..12 {
        refused += usize::from(try_log_in(&w, &relay, "192.0.2.1").await.status == 429);
    }
    assert_eq!(refused, 2, "ten failures, then one has to wait");
    try_log_in(&w, &relay, "192.0.2.2").await.problem(401, "bad_credentials");
    w.log_in("ada@example.org").await;
}

#[actix_web::test]
async fn only_a_token_with_the_scope_is_believed() {
    let w = World::new().await;
    let admin = w.admin("June").await;
    let (_, other) = w.service(&admin, &["drafts"]).await;
    try_log_in(&w, &other, "192.0.2.1").await.problem(403, "forbidden");
    try_log_in(&w, &admin.access_token, "192.0.2.1").await.problem(403, "forbidden");
    try_log_in(&w, "cst_nothing", "192.0.2.1").await.problem(401, "unauthenticated");
    let (_, relay) = w.service(&admin, &["relay"]).await;
    assert_eq!(try_log_in(&w, &relay, "not an address").await.problem(400, "bad_request"), ["Colloquy-Client"]);
}
