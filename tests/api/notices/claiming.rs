//! What a guest does not want goes over into the account that they turn out to have, and so do the links in their mails.

use super::{ask, guest_asks, one_click, token_in, told, wish, wishes};
use crate::world::{Person, World, id};
use colloquy::{
    db::schema::{former_people, unsubscriptions},
    mail,
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};

async fn claim(w: &World, person: &Person, posted: &Value) {
    w.post_by(person, "/v1/accounts/me/claims", &json!({ "manage_token": posted["manage_token"] })).await.expect(200);
}

#[actix_web::test]
async fn what_a_guest_does_not_want_the_account_does_not_want() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let wren = w.reader("Wren").await;
    let (deaf, quiet) =
        (guest_asks(&w, &slug, &wren.email).await, w.post_as_guest(&slug, "Hm.", None).await.expect(201));
    let edit = w.request(Method::PATCH, "/v1/guests/me").guest(deaf["manage_token"].as_str().unwrap());
    edit.json(&json!({ "subscribed": false })).send().await.expect(200);
    let guest = quiet["author"]["id"].as_str().unwrap().parse().unwrap();
    one_click(&w, &mail::unsubscribe_token(&w.secrets, guest, "private").unwrap()).await.expect(200);
    claim(&w, &wren, &deaf).await;
    assert_eq!(wishes(&w, &wren).await, json!({ "answers": false, "approvals": false, "messages": true }));
    claim(&w, &wren, &quiet).await;
    assert_eq!(wishes(&w, &wren).await, json!({ "answers": false, "approvals": false, "messages": false }));
    ask(&w, &w.coach("Marit").await, &slug, Some(&id(&deaf))).await;
    assert!(told(&w, &wren.email).await.is_empty());
    // They may change their mind.
    wish(&w, &wren, json!({ "answers": true })).await.expect(200);
    ask(&w, &w.coach("Joss").await, &slug, Some(&id(&quiet))).await;
    assert_eq!(told(&w, &wren.email).await, ["answer"]);
}

#[actix_web::test]
async fn the_link_in_a_mail_to_the_guest_ends_mails_to_the_account() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (wren, coach) = (w.reader("Wren").await, w.coach("Marit").await);
    let posted = guest_asks(&w, &slug, &wren.email).await;
    ask(&w, &coach, &slug, Some(&id(&posted))).await;
    let token = token_in(&w.nth_mail_to(&wren.email, 1).await);
    claim(&w, &wren, &posted).await;
    assert_eq!(wishes(&w, &wren).await, json!({ "answers": true, "approvals": true, "messages": true }));
    one_click(&w, &token).await.expect(200);
    assert_eq!(wishes(&w, &wren).await, json!({ "answers": false, "approvals": true, "messages": true }));
    // It goes with the account: then there is nobody to write to.
    w.leave(&wren, "remove").await;
    one_click(&w, &token).await.expect(200);
    let conn = &mut w.db.conn().await;
    let kept = (former_people::table.count(), unsubscriptions::table.count());
    assert_eq!((kept.0.get_result::<i64>(conn).await.unwrap(), kept.1.get_result::<i64>(conn).await.unwrap()), (0, 0));
}
