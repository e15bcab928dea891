use super::{at, bearer, call, get, pair, say, unverified_pair};
use crate::world::World;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn how_far_each_has_read_is_seen_by_the_others() {
    let w = World::new().await;
    let (ada, marit, thread) = pair(&w).await;
    let mark =
        async |by: &str, no: i64| call(&w, by, Method::PUT, &at(&thread, "/read"), Some(json!({ "no": no }))).await;
    for no in [1, 0] {
        assert_eq!(mark(&marit, no).await.expect(200)["read_no"], 1);
    }
    say(&w, &marit, &thread, "One.").await;
    say(&w, &marit, &thread, "Two.").await;
    let seen = mark(&ada, 2).await.expect(200);
    assert_eq!((&seen["read_no"], &seen["unread"]), (&json!(2), &json!(1)));
    // It never goes back.
    assert_eq!(mark(&ada, 1).await.expect(200)["read_no"], 2);
    let seen = get(&w, &marit, &at(&thread, "")).await.expect(200);
    assert_eq!((&seen["reader"]["read_no"], &seen["coaches"][0]["read_no"]), (&json!(2), &json!(3)));
}

#[actix_web::test]
async fn whoever_writes_has_read_what_stands_above() {
    let w = World::new().await;
    let (ada, marit, thread) = pair(&w).await;
    for (n, by) in [&marit, &ada, &ada, &marit].into_iter().enumerate() {
        say(&w, by, &thread, "Here I am.").await;
        let seen = get(&w, by, &at(&thread, "")).await.expect(200);
        assert_eq!((&seen["read_no"], &seen["unread"]), (&json!(n + 2), &json!(0)));
    }
}

#[actix_web::test]
async fn what_is_not_there_cannot_be_read() {
    let w = World::new().await;
    let (ada, _, thread) = pair(&w).await;
    let mark =
        async |by: &str, no: i64| call(&w, by, Method::PUT, &at(&thread, "/read"), Some(json!({ "no": no }))).await;
    for no in [-1, 2] {
        assert_eq!(mark(&ada, no).await.problem(422, "validation"), ["#/no"]);
    }
    mark(&bearer(&w.coach("Joss").await), 1).await.problem(404, "not_found");
}

#[actix_web::test]
async fn a_guest_confirms_the_address_first() {
    let w = World::new().await;
    let (guest, thread) = unverified_pair(&w).await;
    let refused = call(&w, &guest, Method::PUT, &at(&thread, "/read"), Some(json!({ "no": 1 }))).await;
    refused.problem(403, "address_unverified");
}
