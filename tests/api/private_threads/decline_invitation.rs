use super::{at, bearer, get, invited, post, unverified_pair, verified_guest};
use crate::world::World;
use serde_json::json;

#[actix_web::test]
async fn the_commenter_declines_and_is_not_asked_again() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let marit = w.coach("Marit").await;
    let guest = verified_guest(&w, &slug, "Lantern").await;
    let thread = invited(&w, &marit, &guest.comment).await;
    post(&w, &guest.authorization, &at(&thread, "/decline"), json!({})).await.expect(204);
    assert_eq!(get(&w, &bearer(&marit), &at(&thread, "")).await.expect(200)["state"], "declined");
    let again = post(&w, &bearer(&marit), &format!("/v1/comments/{}/invitation", guest.comment), json!({})).await;
    again.problem(409, "conflict");
    let said = json!({ "body": "But still." });
    post(&w, &bearer(&marit), &at(&thread, "/messages"), said).await.problem(409, "conflict");
}

#[actix_web::test]
async fn there_must_be_an_invitation() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let marit = w.coach("Marit").await;
    let guest = verified_guest(&w, &slug, "Lantern").await;
    let thread = invited(&w, &marit, &guest.comment).await;
    let decline = async |by: &str| post(&w, by, &at(&thread, "/decline"), json!({})).await;
    decline(&bearer(&marit)).await.problem(403, "forbidden");
    decline(&guest.authorization).await.expect(204);
    decline(&guest.authorization).await.problem(409, "conflict");
    decline(&bearer(&w.coach("Joss").await)).await.problem(404, "not_found");
}

#[actix_web::test]
async fn a_guest_confirms_the_address_first() {
    let w = World::new().await;
    let (guest, thread) = unverified_pair(&w).await;
    post(&w, &guest, &at(&thread, "/decline"), json!({})).await.problem(403, "address_unverified");
}
