use super::{at, bearer, commenting_guest, get, invited, post, said, say, verified_guest};
use crate::world::World;
use serde_json::json;

#[actix_web::test]
async fn the_commenter_accepts_and_both_write() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let marit = w.coach("Marit").await;
    let guest = verified_guest(&w, &slug, "Lantern").await;
    let thread = invited(&w, &marit, &guest.comment).await;
    let accepted = post(&w, &guest.authorization, &at(&thread, "/accept"), json!({})).await;
    assert_eq!(accepted.header("cache-control"), "private, no-store");
    let accepted = accepted.expect(200);
    assert_eq!((&accepted["state"], &accepted["opened_at"]), (&json!("open"), &json!(w.clock.now())));
    assert_eq!((&accepted["you"], &accepted["waiting_since"]), (&json!("reader"), &json!(null)));
    say(&w, &guest.authorization, &thread, "Yes, please.").await;
    say(&w, &bearer(&marit), &thread, "Then tell me.").await;
    let all = ["Shall we talk by ourselves?", "Yes, please.", "Then tell me."];
    assert_eq!(said(&w, &guest.authorization, &thread).await, all);
    assert_eq!(said(&w, &bearer(&marit), &thread).await, all);
}

#[actix_web::test]
async fn a_member_accepts_with_the_account() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (marit, ada) = (w.coach("Marit").await, w.reader("Ada").await);
    let comment = crate::world::id(&w.post_as(&ada.access_token, &slug, &json!({ "body": "Mine." })).await.expect(201));
    let thread = invited(&w, &marit, &comment).await;
    assert_eq!(post(&w, &bearer(&ada), &at(&thread, "/accept"), json!({})).await.expect(200)["state"], "open");
}

#[actix_web::test]
async fn a_guest_confirms_the_address_first() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let marit = w.coach("Marit").await;
    let guest = commenting_guest(&w, &slug, "Lantern").await;
    let thread = invited(&w, &marit, &guest.comment).await;
    post(&w, &guest.authorization, &at(&thread, "/accept"), json!({})).await.problem(403, "address_unverified");
    // That there is an invitation is told; what it says is not.
    assert_eq!(get(&w, &guest.authorization, &at(&thread, "")).await.expect(200)["state"], "invited");
    get(&w, &guest.authorization, &at(&thread, "/messages")).await.problem(403, "address_unverified");
    let code = crate::world::code_in(&w.nth_mail_to(&guest.email, 0).await);
    w.post("/v1/guests/confirmations", &json!({ "code": code })).await.expect(204);
    assert_eq!(said(&w, &guest.authorization, &thread).await, ["Shall we talk by ourselves?"]);
    post(&w, &guest.authorization, &at(&thread, "/accept"), json!({})).await.expect(200);
}

#[actix_web::test]
async fn nobody_else_can() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (marit, joss, ada) = (w.coach("Marit").await, w.coach("Joss").await, w.reader("Ada").await);
    let (guest, other) = (verified_guest(&w, &slug, "Lantern").await, verified_guest(&w, &slug, "Candle").await);
    let thread = invited(&w, &marit, &guest.comment).await;
    let accept = async |by: &str| post(&w, by, &at(&thread, "/accept"), json!({})).await;
    accept(&bearer(&marit)).await.problem(403, "forbidden");
    for by in [bearer(&joss), bearer(&ada), other.authorization] {
        accept(&by).await.problem(404, "not_found");
    }
    assert_eq!(get(&w, &bearer(&marit), &at(&thread, "")).await.expect(200)["state"], "invited");
}

#[actix_web::test]
async fn there_must_be_an_invitation() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let marit = w.coach("Marit").await;
    let guest = verified_guest(&w, &slug, "Lantern").await;
    let thread = invited(&w, &marit, &guest.comment).await;
    post(&w, &guest.authorization, &at(&thread, "/accept"), json!({})).await.expect(200);
    post(&w, &guest.authorization, &at(&thread, "/accept"), json!({})).await.problem(409, "conflict");
}

#[actix_web::test]
async fn who_is_muted_cannot() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (marit, ada) = (w.coach("Marit").await, w.reader("Ada").await);
    let comment = crate::world::id(&w.post_as(&ada.access_token, &slug, &json!({ "body": "Mine." })).await.expect(201));
    let thread = invited(&w, &marit, &comment).await;
    super::mute(&w, &ada).await;
    post(&w, &bearer(&ada), &at(&thread, "/accept"), json!({})).await.problem(403, "muted");
}
