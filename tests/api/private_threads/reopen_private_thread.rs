use super::{at, bearer, get, opened, pair, post, say, unverified_pair};
use crate::world::World;
use serde_json::json;

#[actix_web::test]
async fn either_side_opens_it_again() {
    let w = World::new().await;
    let (ada, marit, thread) = pair(&w).await;
    post(&w, &ada, &at(&thread, "/close"), json!({})).await.expect(200);
    let open = post(&w, &marit, &at(&thread, "/reopen"), json!({})).await.expect(200);
    assert_eq!(
        (&open["state"], &open["closed_at"], &open["waiting_since"]),
        (&json!("open"), &json!(null), &json!(null))
    );
    assert_eq!(post(&w, &ada, &at(&thread, "/reopen"), json!({})).await.expect(200)["state"], "open");
    say(&w, &ada, &thread, "One more thing.").await;
    post(&w, &bearer(&w.coach("Joss").await), &at(&thread, "/reopen"), json!({})).await.problem(404, "not_found");
}

#[actix_web::test]
async fn where_no_coach_is_in_it_it_waits_again() {
    let w = World::new().await;
    let (ada, marit) = (bearer(&w.reader("Ada").await), bearer(&w.coach("Marit").await));
    let thread = opened(&w, &ada).await;
    post(&w, &ada, &at(&thread, "/close"), json!({})).await.expect(200);
    post(&w, &ada, &at(&thread, "/reopen"), json!({})).await.expect(200);
    assert_eq!(get(&w, &marit, "/v1/private-threads/waiting").await.expect(200)["items"][0]["id"], thread.as_str());
}

#[actix_web::test]
async fn not_when_the_reader_has_left() {
    let w = World::new().await;
    let (ada, marit, thread) = pair(&w).await;
    post(&w, &ada, &at(&thread, "/leave"), json!({})).await.expect(204);
    post(&w, &marit, &at(&thread, "/reopen"), json!({})).await.problem(409, "conflict");
}

#[actix_web::test]
async fn a_guest_confirms_the_address_first() {
    let w = World::new().await;
    let (guest, thread) = unverified_pair(&w).await;
    post(&w, &guest, &at(&thread, "/reopen"), json!({})).await.problem(403, "address_unverified");
}
