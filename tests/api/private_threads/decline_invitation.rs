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
async fn nobody_asks_again_whoever_asked_and_wherever_she_is() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (marit, joss) = (w.coach("Marit").await, w.coach("Joss").await);
    let guest = verified_guest(&w, &slug, "Lantern").await;
    let thread = invited(&w, &marit, &guest.comment).await;
    let path = format!("/v1/comments/{}/invitation", guest.comment);
    post(&w, &guest.authorization, &at(&thread, "/decline"), json!({})).await.expect(204);
    let refused = post(&w, &bearer(&joss), &path, json!({})).await;
    refused.problem(409, "conflict");
    // In the words for a comment whose author cannot be asked for another reason.
    let own = super::comment_of(&w, &joss, &slug, "Mine.").await;
    let nobody = post(&w, &bearer(&joss), &format!("/v1/comments/{own}/invitation"), json!({})).await;
    assert_eq!(refused.json()["detail"], nobody.json()["detail"]);
    post(&w, &bearer(&marit), &at(&thread, "/leave"), json!({})).await.expect(204);
    get(&w, &bearer(&marit), &at(&thread, "")).await.problem(404, "not_found");
    for coach in [&marit, &joss] {
        post(&w, &bearer(coach), &path, json!({})).await.problem(409, "conflict");
    }
    let kept = get(&w, &guest.authorization, &at(&thread, "")).await.expect(200);
    assert_eq!((&kept["state"], &kept["coaches"]), (&json!("declined"), &json!([])));
    // Another comment is another question.
    let other = verified_guest(&w, &slug, "Candle").await;
    invited(&w, &marit, &other.comment).await;
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
