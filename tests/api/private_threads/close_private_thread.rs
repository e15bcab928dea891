use super::{at, bearer, get, opened, pair, post, said, unverified_pair};
use crate::world::World;
use serde_json::json;

#[actix_web::test]
async fn either_side_closes_it_and_both_go_on_reading() {
    let w = World::new().await;
    let (ada, marit, thread) = pair(&w).await;
    let closed = post(&w, &marit, &at(&thread, "/close"), json!({})).await.expect(200);
    assert_eq!((&closed["state"], &closed["closed_at"]), (&json!("closed"), &json!(w.clock.now())));
    assert_eq!(post(&w, &ada, &at(&thread, "/close"), json!({})).await.expect(200)["state"], "closed");
    assert_eq!(said(&w, &ada, &thread).await.len(), 1);
}

#[actix_web::test]
async fn what_is_closed_waits_for_nobody() {
    let w = World::new().await;
    let (ada, marit) = (bearer(&w.reader("Ada").await), bearer(&w.coach("Marit").await));
    let thread = opened(&w, &ada).await;
    post(&w, &ada, &at(&thread, "/close"), json!({})).await.expect(200);
    assert_eq!(get(&w, &marit, "/v1/private-threads/waiting").await.expect(200)["items"], json!([]));
    post(&w, &marit, &at(&thread, "/admission"), json!({})).await.problem(404, "not_found");
    post(&w, &marit, &at(&thread, "/close"), json!({})).await.problem(404, "not_found");
}

#[actix_web::test]
async fn an_invitation_is_not_closed() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let marit = w.coach("Marit").await;
    let thread = super::invited(&w, &marit, &w.say(&slug, "Mine.", None).await).await;
    post(&w, &bearer(&marit), &at(&thread, "/close"), json!({})).await.problem(409, "conflict");
}

#[actix_web::test]
async fn a_guest_confirms_the_address_first() {
    let w = World::new().await;
    let (guest, thread) = unverified_pair(&w).await;
    post(&w, &guest, &at(&thread, "/close"), json!({})).await.problem(403, "address_unverified");
}
