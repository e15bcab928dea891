use super::{VerifiedGuest, at, bearer, call, invited, pair, post, unverified_pair, verified_guest};
use crate::world::{Person, Reply, World};
use reqwest::Method;
use serde_json::{Value, json};

async fn disclose(w: &World, by: &str, thread: &str, agree: bool) -> Reply {
    call(w, by, Method::PUT, &at(thread, "/disclosure"), Some(json!({ "agree": agree }))).await
}

/// What everybody sees of it at the comment: alone, and in its thread, which is cached.
async fn public(w: &World, slug: &str, comment: &str) -> (Value, Value) {
    let alone = w.get(&format!("/v1/comments/{comment}")).await.expect(200)["continued_in_private"].clone();
    let thread = w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200);
    let roots = thread["items"].as_array().unwrap();
    let root = roots.iter().find(|root| root["id"] == comment).unwrap();
    (alone, root["continued_in_private"].clone())
}

async fn accepted(w: &World) -> (String, Person, VerifiedGuest, String) {
    let (slug, _) = w.open_article().await;
    let marit = w.coach("Marit").await;
    let guest = verified_guest(w, &slug, "Lantern").await;
    let thread = invited(w, &marit, &guest.comment).await;
    post(w, &guest.authorization, &at(&thread, "/accept"), json!({})).await.expect(200);
    (slug, marit, guest, thread)
}

#[actix_web::test]
async fn the_comment_says_so_while_both_sides_agree() {
    let w = World::new().await;
    let (slug, marit, guest, thread) = accepted(&w).await;
    let nothing = (Value::Null, Value::Null);
    assert_eq!(public(&w, &slug, &guest.comment).await, nothing);
    disclose(&w, &bearer(&marit), &thread, true).await.expect(200);
    assert_eq!(public(&w, &slug, &guest.comment).await, nothing);
    let seen = disclose(&w, &guest.authorization, &thread, true).await.expect(200);
    assert_eq!(seen["disclosure"], json!({ "reader": true, "coaches": true }));
    assert_eq!(public(&w, &slug, &guest.comment).await, (json!(true), json!(true)));
    disclose(&w, &guest.authorization, &thread, false).await.expect(200);
    assert_eq!(public(&w, &slug, &guest.comment).await, nothing);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn nor_after_it_was_erased() {
    let w = World::new().await;
    let (slug, marit, guest, thread) = accepted(&w).await;
    disclose(&w, &bearer(&marit), &thread, true).await.expect(200);
    disclose(&w, &guest.authorization, &thread, true).await.expect(200);
    assert_eq!(public(&w, &slug, &guest.comment).await.0, true);
    call(&w, &guest.authorization, Method::DELETE, &at(&thread, ""), None).await.expect(204);
    assert_eq!(public(&w, &slug, &guest.comment).await, (Value::Null, Value::Null));
}

#[actix_web::test]
async fn there_must_be_a_comment_and_a_conversation() {
    let w = World::new().await;
    let (ada, marit, thread) = pair(&w).await;
    disclose(&w, &ada, &thread, true).await.problem(409, "conflict");
    disclose(&w, &marit, &thread, true).await.problem(409, "conflict");
    disclose(&w, &bearer(&w.coach("Joss").await), &thread, true).await.problem(404, "not_found");
}

#[actix_web::test]
async fn a_guest_confirms_the_address_first() {
    let w = World::new().await;
    let (guest, thread) = unverified_pair(&w).await;
    disclose(&w, &guest, &thread, true).await.problem(403, "address_unverified");
}
