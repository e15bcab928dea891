//! Nobody is flooded by somebody who gives their address, and nobody is kept from writing by that.

use super::{address, post};
use crate::world::{World, code_in};
use chrono::TimeDelta;
use colloquy::{db::schema::mails, mail::Mail, mail::Outbox, mail::Part};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;
use std::sync::Arc;

async fn taken(w: &World) -> i64 {
    mails::table.count().get_result(&mut w.db.conn().await).await.unwrap()
}

#[actix_web::test]
async fn an_address_is_asked_once_an_hour_and_three_times_a_day() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let mut counts = Vec::new();
    for n in 0..8 {
        post(&w, &slug, "ada@example.org", &format!("198.51.100.{n}")).await;
        counts.push(taken(&w).await);
        w.clock.set(w.clock.now() + TimeDelta::minutes(30));
    }
    assert_eq!(counts, [1, 1, 2, 2, 3, 3, 3, 3]);
    let last = post(&w, &slug, "ada@example.org", "198.51.100.1").await;
    assert_eq!(address(&w, last).await, None, "who was not asked is not confirmed");
}

#[actix_web::test]
async fn a_network_gets_twenty_addresses_asked_in_a_row_and_may_go_on_writing() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    for n in 0..25 {
        post(&w, &slug, &format!("reader{n}@example.org"), "203.0.113.9").await;
    }
    assert_eq!(taken(&w).await, 20);
    post(&w, &slug, "elsewhere@example.org", "198.51.100.1").await;
    assert_eq!(taken(&w).await, 21);
    let invalid = json!({ "body": "Hello.", "guest": { "name": "Lantern", "email": "nobody" } });
    w.post(&format!("/v1/articles/{slug}/comments"), &invalid).await.problem(422, "validation");
    assert_eq!(taken(&w).await, 21);
}

#[actix_web::test]
async fn a_code_that_did_not_fit_in_the_share_of_an_address_is_not_kept() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let outbox = Outbox::new(w.secrets.clone(), Arc::default());
    for kind in ["a", "b", "c", "d"] {
        let mail = Mail::new("ada@example.org", "Word", &[Part::Paragraph("Word.")]).of_kind(kind);
        for _ in 0..5 {
            assert!(w.write(async |tx| outbox.enqueue(tx, &mail).await).await.unwrap());
        }
    }
    let guest = post(&w, &slug, "ada@example.org", "198.51.100.1").await;
    assert_eq!(taken(&w).await, 20);
    w.clock.set(w.clock.now() + TimeDelta::days(1));
    let other = post(&w, &slug, "ada@example.org", "198.51.100.1").await;
    let mail = w.nth_mail_to("ada@example.org", 20).await;
    w.post("/v1/guests/confirmations", &json!({ "code": code_in(&mail) })).await.expect(204);
    assert!(address(&w, other).await.is_some());
    assert_eq!(address(&w, guest).await, None);
}
