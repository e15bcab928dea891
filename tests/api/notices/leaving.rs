//! What is kept of somebody here goes with them, and is handed to them.

use super::{ask, guest_asks, held_back, one_click, token_in, told, wish};
use crate::world::{World, id};
use chrono::TimeDelta;
use colloquy::{
    accounts::Email,
    db::schema::{mails, notices, unsubscriptions},
    mail,
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

async fn unwanted(w: &World) -> i64 {
    unsubscriptions::table.count().get_result(&mut w.db.conn().await).await.unwrap()
}

#[actix_web::test]
async fn what_an_account_does_not_want_goes_with_it() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (wren, coach) = (w.reader("Wren").await, w.coach("Marit").await);
    let question = ask(&w, &wren, &slug, None).await;
    ask(&w, &coach, &slug, Some(&question)).await;
    let token = token_in(&w.nth_mail_to(&wren.email, 0).await);
    wish(&w, &wren, json!({ "approvals": false, "messages": false })).await.expect(200);
    assert_eq!(unwanted(&w).await, 2);
    w.leave(&wren, "anonymise").await;
    assert_eq!(unwanted(&w).await, 0);
    // A mail is read late: nothing is kept of somebody who is not there.
    one_click(&w, &token).await.expect(200);
    assert_eq!(unwanted(&w).await, 0);
    // What was told says of which comment, and nothing tells any more whose that was.
    let kept: i64 = notices::table.count().get_result(&mut w.db.conn().await).await.unwrap();
    assert_eq!(kept, 1);
    let hash = Email::parse(&wren.email).unwrap().hash(&w.secrets).unwrap();
    let left = mails::table.filter(mails::to_hash.eq(hash)).count();
    assert_eq!(left.get_result::<i64>(&mut w.db.conn().await).await.unwrap(), 0);
}

#[actix_web::test]
async fn whoever_is_gone_or_going_hears_of_nothing() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (wren, coach) = (w.reader("Wren").await, w.coach("Marit").await);
    let guest = guest_asks(&w, &slug, "lantern@example.org").await;
    let (before, after) = (ask(&w, &wren, &slug, None).await, ask(&w, &wren, &slug, None).await);
    w.close_account(&wren.access_token, "anonymise").await.expect(202);
    ask(&w, &coach, &slug, Some(&before)).await;
    assert!(told(&w, &wren.email).await.is_empty(), "it may still be restored");
    let held = held_back(&w).await;
    for comment in [&after, &id(&guest)] {
        ask(&w, &coach, &slug, Some(comment)).await;
    }
    let manage = guest["manage_token"].as_str().unwrap();
    let erase = w.request(Method::DELETE, "/v1/guests/me?comments=anonymise").guest(manage);
    erase.send().await.expect(204);
    w.clock.set(w.clock.now() + TimeDelta::days(15));
    assert_eq!(w.erase_due().await, 1);
    drop(held);
    for email in [wren.email.as_str(), "lantern@example.org"] {
        assert!(told(&w, email).await.is_empty(), "{email}");
    }
}

#[actix_web::test]
async fn what_a_guest_does_not_want_goes_with_them_and_can_be_wanted_again() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let guest = guest_asks(&w, &slug, "lantern@example.org").await;
    let (person, manage) = (guest["author"]["id"].as_str().unwrap(), guest["manage_token"].as_str().unwrap());
    let person: Uuid = person.parse().unwrap();
    let token = mail::unsubscribe_token(&w.secrets, person, "private").unwrap();
    one_click(&w, &token).await.expect(200);
    assert_eq!(unwanted(&w).await, 1);
    let edit = w.request(Method::PATCH, "/v1/guests/me").guest(manage).json(&json!({ "subscribed": true }));
    assert_eq!(edit.send().await.expect(200)["subscribed"], true);
    assert_eq!(unwanted(&w).await, 0);
    one_click(&w, &token).await.expect(200);
    w.request(Method::DELETE, "/v1/guests/me?comments=remove").guest(manage).send().await.expect(204);
    assert_eq!(unwanted(&w).await, 0);
}

#[actix_web::test]
async fn it_stands_in_an_export() {
    let w = World::new().await;
    let wren = w.reader("Wren").await;
    wish(&w, &wren, json!({ "approvals": false })).await.expect(200);
    let at = w.export(&wren.access_token).await;
    let document = w.get_as(&wren.access_token, &format!("{at}/document")).await.expect(200);
    assert_eq!(document["unsubscriptions"], json!([{ "kind": "approval", "created_at": "2026-03-14T12:00:00Z" }]));
}
