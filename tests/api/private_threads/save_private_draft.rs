use super::{at, bearer, call, get, pair, unverified_pair};
use crate::world::{Reply, World};
use reqwest::Method;
use serde_json::json;

async fn save(w: &World, by: &str, thread: &str, text: &str) -> Reply {
    call(w, by, Method::PUT, &at(thread, "/draft"), Some(json!({ "body": text }))).await
}

#[actix_web::test]
async fn everybody_has_one_in_each_thread() {
    let w = World::new().await;
    let (ada, marit, thread) = pair(&w).await;
    let reply = save(&w, &ada, &thread, "What I wanted").await;
    assert_eq!(reply.header("cache-control"), "private, no-store");
    assert_eq!(reply.expect(200), json!({ "body": "What I wanted", "updated_at": w.clock.now() }));
    save(&w, &ada, &thread, "What I wanted to ask").await.expect(200);
    save(&w, &marit, &thread, "").await.expect(200);
    let body = async |by| get(&w, by, &at(&thread, "/draft")).await.expect(200)["body"].clone();
    assert_eq!((body(&ada).await, body(&marit).await), (json!("What I wanted to ask"), json!("")));
}

#[actix_web::test]
async fn it_has_an_end() {
    let w = World::new().await;
    let (ada, _, thread) = pair(&w).await;
    let long = save(&w, &ada, &thread, &"x".repeat(20_001)).await;
    assert_eq!(long.problem(422, "validation"), ["#/body"]);
    save(&w, &bearer(&w.coach("Joss").await), &thread, "?").await.problem(404, "not_found");
}

#[actix_web::test]
async fn a_guest_confirms_the_address_first() {
    let w = World::new().await;
    let (guest, thread) = unverified_pair(&w).await;
    save(&w, &guest, &thread, "?").await.problem(403, "address_unverified");
}
