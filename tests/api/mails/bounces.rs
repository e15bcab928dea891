//! An address whose mail server says that nobody is there.

use super::{MailServer, enqueue, offer, postman, rows, world};
use crate::world::World;
use chrono::TimeDelta;
use colloquy::db::schema::{bounces, mails};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

async fn noted(w: &World) -> Vec<String> {
    bounces::table.select(bounces::status).load(&mut w.db.conn().await).await.unwrap()
}

#[actix_web::test]
async fn a_mailbox_that_does_not_exist_is_not_tried_again() {
    let (w, server) = (world().await, MailServer::start().await);
    enqueue(&w, "nobody@example.org").await;
    server.refuse(Some("550 5.1.1 <nobody@example.org> unknown"));
    postman(&w, &server.url, &w.clock).go_round().await.unwrap();
    let row = &rows(&w.db).await[0];
    assert_eq!(row.failure.as_deref(), Some("bounced with 5.1.1"));
    assert_eq!((row.failed_at, row.sealed.len()), (Some(w.clock.now()), 0));
    assert_eq!(noted(&w).await, ["5.1.1"], "the code, never the server's words");
}

#[actix_web::test]
async fn nothing_is_sent_there_for_a_month_but_what_somebody_waits_for() {
    let (w, server) = (world().await, MailServer::start().await);
    enqueue(&w, "nobody@example.org").await;
    server.refuse(Some("550 5.1.1 unknown"));
    postman(&w, &server.url, &w.clock).go_round().await.unwrap();
    w.clock.set(w.clock.now() + TimeDelta::days(29));
    assert!(!offer(&w, "Nobody@example.org", "other").await);
    assert!(!offer(&w, "nobody@example.org", "guest").await);
    assert!(offer(&w, "nobody@example.org", "reset").await);
    assert!(offer(&w, "somebody@example.org", "other").await);
    w.clock.set(w.clock.now() + TimeDelta::days(1));
    assert!(offer(&w, "nobody@example.org", "other").await);
}

#[actix_web::test]
async fn a_mail_that_arrives_clears_it() {
    let (w, server) = (world().await, MailServer::start().await);
    enqueue(&w, "ada@example.org").await;
    server.refuse(Some("550 5.2.1 disabled"));
    let postman = postman(&w, &server.url, &w.clock);
    postman.go_round().await.unwrap();
    assert_eq!(noted(&w).await.len(), 1);
    server.refuse(None);
    assert!(offer(&w, "ada@example.org", "reset").await);
    assert_eq!(postman.go_round().await.unwrap(), 1);
    assert!(noted(&w).await.is_empty());
    assert!(offer(&w, "ada@example.org", "other").await);
}

#[actix_web::test]
async fn an_address_does_not_pay_for_what_is_wrong_with_the_sender() {
    let (w, server) = (world().await, MailServer::start().await);
    let said = ["550 5.7.1 sender refused", "550 no", "553 5.1.8 no such sender", "552 5.3.4 too big"];
    for (n, line) in said.into_iter().enumerate() {
        enqueue(&w, &format!("ada{n}@example.org")).await;
        server.refuse(Some(line));
        postman(&w, &server.url, &w.clock).go_round().await.unwrap();
    }
    let given_up = mails::table.filter(mails::failed_at.is_not_null()).count();
    assert_eq!(given_up.get_result::<i64>(&mut w.db.conn().await).await.unwrap(), 4);
    assert!(noted(&w).await.is_empty());
}
