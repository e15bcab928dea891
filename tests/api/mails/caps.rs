//! No address is flooded through us, whoever asks.

use super::{offer, rows, world};
use chrono::TimeDelta;
use colloquy::{
    accounts::Email,
    db::schema::bounces,
    mail::{self, Mail, Outbox, Part},
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures_util::future::join_all;
use std::sync::Arc;

#[actix_web::test]
async fn an_address_gets_five_mails_of_a_kind_a_day_however_it_is_written() {
    let w = world().await;
    for _ in 0..5 {
        assert!(offer(&w, "Ada@example.org", "reset").await);
    }
    assert!(!offer(&w, "ada@Example.org", "reset").await);
    assert!(offer(&w, "ada@example.org", "sign_up").await, "another kind");
    assert!(offer(&w, "eve@example.org", "reset").await, "another address");
    w.clock.set(w.clock.now() + TimeDelta::hours(24));
    assert!(offer(&w, "ada@example.org", "reset").await);
}

#[actix_web::test]
async fn an_address_gets_twenty_mails_a_day() {
    let w = world().await;
    for kind in ["a", "b", "c", "d"] {
        for _ in 0..5 {
            assert!(offer(&w, "ada@example.org", kind).await);
        }
    }
    assert!(!offer(&w, "ada@example.org", "e").await);
}

#[actix_web::test]
async fn a_guests_address_gets_one_an_hour_and_three_a_day() {
    let w = world().await;
    let mut taken = Vec::new();
    for _ in 0..8 {
        taken.push(offer(&w, "ada@example.org", "guest").await);
        w.clock.set(w.clock.now() + TimeDelta::minutes(30));
    }
    assert_eq!(taken, [true, false, true, false, true, false, false, false]);
}

#[actix_web::test]
async fn those_who_write_at_the_same_time_count_each_others() {
    let w = world().await;
    let taken = join_all((0..20).map(|_| offer(&w, "ada@example.org", "reset"))).await;
    assert_eq!(taken.into_iter().filter(|taken| *taken).count(), 5);
}

#[actix_web::test]
async fn what_waits_for_an_address_is_taken_back_with_what_is_known_of_it() {
    let w = world().await;
    offer(&w, "Ada@example.org", "reset").await;
    offer(&w, "eve@example.org", "reset").await;
    let hash = Email::parse("ada@example.org").unwrap().hash(&w.secrets).unwrap();
    let conn = &mut w.db.conn().await;
    let bounce = (bounces::to_hash.eq(&hash), bounces::bounced_at.eq(w.clock.now()), bounces::status.eq("5.1.1"));
    diesel::insert_into(bounces::table).values(bounce).execute(conn).await.unwrap();
    let outbox = Outbox::new(w.secrets.clone(), Arc::default());
    let last = Mail::new("ada@example.org", "Done", &[Part::Paragraph("It is done.")]);
    let erased = w.write(async |tx| {
        mail::erase(tx, &hash).await?;
        outbox.enqueue(tx, &last).await
    });
    assert!(erased.await.unwrap(), "word of it is enqueued afterwards");
    assert_eq!(rows(&w.db).await.len(), 2);
    assert_eq!(bounces::table.count().get_result::<i64>(conn).await.unwrap(), 0);
}
