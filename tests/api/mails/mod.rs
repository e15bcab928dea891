//! How mails get out: nobody waits for a mail server, nothing is lost when it is away, nothing is kept afterwards.

mod bounces;
mod caps;
mod dots;
mod server;
mod stopping;

use crate::world::{TestDb, World};
use chrono::{DateTime, TimeDelta, Utc};
use colloquy::{
    clock::Clock,
    config::Settings,
    db::{Pool, schema::mails},
    mail::{self, Mail, Outbox, Part, Postman},
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
pub use server::MailServer;
use std::{collections::HashSet, sync::Arc};

/// A mail as it lies in the table.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = mails)]
struct Row {
    sealed: Vec<u8>,
    attempts: i16,
    sent_at: Option<DateTime<Utc>>,
    failed_at: Option<DateTime<Utc>>,
    failure: Option<String>,
}

async fn rows(db: &TestDb) -> Vec<Row> {
    mails::table.order(mails::id).select(Row::as_select()).load(&mut db.conn().await).await.unwrap()
}

/// A server whose own postman has no way out, so that the tests' postmen are the only ones.
async fn world() -> World {
    World::with(&[("mail_dir", "")]).await
}

async fn enqueue(w: &World, to: &str) {
    assert!(offer(w, to, "other").await);
}

/// Whether a mail of this kind was taken in.
async fn offer(w: &World, to: &str, kind: &'static str) -> bool {
    let mail = Mail::new(to, "Your code", &[Part::Paragraph("A < B"), Part::Code("open sesame")]).of_kind(kind);
    let outbox = Outbox::new(w.secrets.clone(), Arc::default());
    w.write(async |tx| outbox.enqueue(tx, &mail).await).await.unwrap()
}

fn postman(w: &World, smtp_url: &str, clock: &Clock) -> Postman {
    let settings = Settings::with(&[("smtp_url", smtp_url), ("mail_from", "hello@example.org")]).unwrap();
    let pool = Pool::new(&w.db.url(), &settings, Arc::default()).unwrap();
    Postman::new(pool, &settings, w.secrets.clone(), clock.clone(), Arc::default()).unwrap()
}

#[actix_web::test]
async fn a_mail_is_sealed_until_it_is_sent_and_erased_then() {
    let (w, server) = (world().await, MailServer::start().await);
    enqueue(&w, "ada@example.org").await;
    let waiting = &rows(&w.db).await[0];
    let readable = String::from_utf8_lossy(&waiting.sealed).into_owned();
    assert!(!readable.contains("ada@example.org") && !readable.contains("sesame"));
    assert_eq!(postman(&w, &server.url, &w.clock).go_round().await.unwrap(), 1);
    let received = server.received();
    assert_eq!(received.len(), 1);
    assert!(received[0].starts_with("RCPT TO:<ada@example.org>"), "{}", received[0]);
    assert!(received[0].contains("open sesame") && received[0].contains("A &lt; B"), "{}", received[0]);
    let (plain, html) = (received[0].find("text/plain").unwrap(), received[0].find("text/html").unwrap());
    assert!(received[0].contains("multipart/alternative") && plain < html, "the richest form last (RFC 2046)");
    assert!(received[0].contains("Auto-Submitted: auto-generated"), "{}", received[0]);
    assert!(received[0].contains("Date: Sat, 14 Mar 2026 12:00:00 +0000"), "{}", received[0]);
    let sent = &rows(&w.db).await[0];
    assert_eq!((sent.sent_at, sent.sealed.len(), sent.attempts), (Some(w.clock.now()), 0, 1));
    assert_eq!(postman(&w, &server.url, &w.clock).go_round().await.unwrap(), 0);
}

#[actix_web::test]
async fn what_is_put_off_is_tried_again_later() {
    let (w, server) = (world().await, MailServer::start().await);
    enqueue(&w, "ada@example.org").await;
    let postman = postman(&w, &server.url, &w.clock);
    server.refuse(Some("451 4.7.1 <ada@example.org> greylisted, come back"));
    assert_eq!(postman.go_round().await.unwrap(), 0);
    let row = &rows(&w.db).await[0];
    assert_eq!((row.attempts, row.failure.as_deref()), (1, Some("refused with 451")));
    assert!(row.failed_at.is_none() && !row.sealed.is_empty());
    server.refuse(None);
    assert_eq!(postman.go_round().await.unwrap(), 0, "it is not due yet");
    w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    assert_eq!(postman.go_round().await.unwrap(), 1);
    assert_eq!(rows(&w.db).await[0].failure, None);
}

#[actix_web::test]
async fn after_ten_attempts_in_a_day_it_is_given_up() {
    let w = world().await;
    enqueue(&w, "ada@example.org").await;
    // Nobody listens there any more.
    let away = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let postman = postman(&w, &format!("smtp://{away}"), &w.clock);
    let begun = w.clock.now();
    for minutes in [1, 2, 5, 15, 30, 60, 120, 360, 720] {
        postman.go_round().await.unwrap();
        assert_eq!(rows(&w.db).await[0].failed_at, None);
        w.clock.set(w.clock.now() + TimeDelta::minutes(minutes));
    }
    assert!(w.clock.now() - begun < TimeDelta::hours(24));
    postman.go_round().await.unwrap();
    let row = &rows(&w.db).await[0];
    assert_eq!((row.attempts, row.failure.as_deref()), (10, Some("no connection")));
    assert!(row.failed_at.is_some() && row.sealed.is_empty());
}

#[actix_web::test]
async fn several_nodes_send_each_mail_once() {
    let (w, server) = (world().await, MailServer::start().await);
    for n in 0..20 {
        enqueue(&w, &format!("reader{n}@example.org")).await;
    }
    let (one, two) = (postman(&w, &server.url, &w.clock), postman(&w, &server.url, &w.clock));
    let (one, two) = tokio::join!(one.go_round(), two.go_round());
    assert_eq!(one.unwrap() + two.unwrap(), 20);
    let received = server.received();
    let distinct: HashSet<_> = received.iter().map(|mail| mail.lines().next()).collect();
    assert_eq!((received.len(), distinct.len()), (20, 20));
}

#[actix_web::test]
async fn what_was_dealt_with_is_forgotten_after_a_month() {
    let (w, server) = (world().await, MailServer::start().await);
    enqueue(&w, "ada@example.org").await;
    postman(&w, &server.url, &w.clock).go_round().await.unwrap();
    enqueue(&w, "eve@example.org").await;
    w.clock.set(w.clock.now() + TimeDelta::days(31));
    mail::sweep(&w.journal()).await.unwrap();
    let left = rows(&w.db).await;
    assert_eq!(left.len(), 1);
    assert!(left[0].sent_at.is_none(), "what waits, waits");
}
