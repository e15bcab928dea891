use super::{at, bearer, call, get, pair, unverified_pair};
use crate::world::World;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn nobody_else_in_the_thread_sees_it() {
    let w = World::new().await;
    let (ada, marit, thread) = pair(&w).await;
    get(&w, &ada, &at(&thread, "/draft")).await.problem(404, "not_found");
    let draft = json!({ "body": "What I wanted" });
    call(&w, &ada, Method::PUT, &at(&thread, "/draft"), Some(draft)).await.expect(200);
    assert_eq!(get(&w, &ada, &at(&thread, "/draft")).await.expect(200)["body"], "What I wanted");
    for by in [marit, bearer(&w.coach("Joss").await)] {
        get(&w, &by, &at(&thread, "/draft")).await.problem(404, "not_found");
    }
}

#[actix_web::test]
async fn a_guest_confirms_the_address_first() {
    let w = World::new().await;
    let (guest, thread) = unverified_pair(&w).await;
    get(&w, &guest, &at(&thread, "/draft")).await.problem(403, "address_unverified");
}
