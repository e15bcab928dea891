use super::{at, bearer, call, invited, post, say, taken, verified_guest};
use crate::world::World;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn ten_messages_are_one_mail_until_they_are_read() {
    let w = World::new().await;
    let (ada, marit) = (w.reader("Ada").await, w.coach("Marit").await);
    let thread = taken(&w, &bearer(&ada), &marit).await;
    for n in 0..10 {
        say(&w, &bearer(&marit), &thread, &format!("Message {n}.")).await;
    }
    let mail = w.nth_mail_to(&ada.email, 0).await;
    assert!(mail.contains("You have a new message.") && !mail.contains("Marit"), "{mail}");
    let mark = json!({ "no": 11 });
    call(&w, &bearer(&ada), Method::PUT, &at(&thread, "/read"), Some(mark)).await.expect(200);
    say(&w, &bearer(&marit), &thread, "Still there?").await;
    w.nth_mail_to(&ada.email, 1).await;
    assert_eq!(w.mails_to(&ada.email).len(), 2);
    // Nobody is told of what they wrote themselves.
    assert!(w.mails_to(&marit.email).is_empty());
    say(&w, &bearer(&ada), &thread, "Yes.").await;
    w.nth_mail_to(&marit.email, 0).await;
}

#[actix_web::test]
async fn a_guest_is_written_to_where_the_address_is_confirmed() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let marit = w.coach("Marit").await;
    let guest = verified_guest(&w, &slug, "Lantern").await;
    invited(&w, &marit, &guest.comment).await;
    // The first asked whether the address is theirs.
    let mail = w.nth_mail_to(&guest.email, 1).await;
    assert!(mail.contains("You have a new message.") && !mail.contains("Shall we talk"), "{mail}");
}

#[actix_web::test]
async fn a_guest_who_confirmed_nothing_gets_nothing() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let marit = w.coach("Marit").await;
    let guest = super::commenting_guest(&w, &slug, "Lantern").await;
    w.nth_mail_to(&guest.email, 0).await;
    invited(&w, &marit, &guest.comment).await;
    // What somebody else gets afterwards has been sent behind whatever the guest would have got.
    let ada = w.reader("Ada").await;
    let thread = taken(&w, &bearer(&ada), &marit).await;
    say(&w, &bearer(&marit), &thread, "Hello.").await;
    w.nth_mail_to(&ada.email, 0).await;
    assert_eq!(w.mails_to(&guest.email).len(), 1);
    post(&w, &guest.authorization, "/v1/private-threads", json!({ "body": "?" }))
        .await
        .problem(403, "address_unverified");
}
