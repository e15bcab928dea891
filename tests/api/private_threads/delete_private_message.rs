use super::{at, bearer, call, get, pair, said, say, unverified_pair};
use crate::world::World;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn its_author_takes_back_what_it_says_and_its_number_stays() {
    let w = World::new().await;
    let (ada, marit, thread) = pair(&w).await;
    say(&w, &ada, &thread, "Forget it.").await;
    let path = at(&thread, "/messages/1");
    call(&w, &ada, Method::DELETE, &path, None).await.expect(204);
    call(&w, &ada, Method::DELETE, &path, None).await.expect(204);
    assert_eq!(said(&w, &marit, &thread).await, ["–", "Forget it."]);
    let page = get(&w, &marit, &at(&thread, "/messages")).await.expect(200);
    let gone = &page["items"][1];
    assert_eq!((&gone["no"], &gone["body"], &gone["deleted_at"]), (&json!(1), &json!(null), &json!(w.clock.now())));
    // It is not unread any more either.
    assert_eq!(get(&w, &marit, &at(&thread, "")).await.expect(200)["unread"], 1);
    let edit = w.request(Method::PATCH, &path).header("authorization", &ada).header("if-match", "*");
    edit.json(&json!({ "body": "No." })).send().await.problem(404, "not_found");
}

#[actix_web::test]
async fn nobody_takes_back_what_another_said() {
    let w = World::new().await;
    let (_, marit, thread) = pair(&w).await;
    call(&w, &marit, Method::DELETE, &at(&thread, "/messages/1"), None).await.problem(403, "forbidden");
    call(&w, &marit, Method::DELETE, &at(&thread, "/messages/9"), None).await.problem(404, "not_found");
    let joss = bearer(&w.coach("Joss").await);
    call(&w, &joss, Method::DELETE, &at(&thread, "/messages/1"), None).await.problem(404, "not_found");
}

#[actix_web::test]
async fn a_guest_confirms_the_address_first() {
    let w = World::new().await;
    let (guest, thread) = unverified_pair(&w).await;
    let refused = call(&w, &guest, Method::DELETE, &at(&thread, "/messages/1"), None).await;
    refused.problem(403, "address_unverified");
}
