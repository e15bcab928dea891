//! A server that goes away while a mail is on its way.

use super::MailServer;
use crate::world::{World, until};
use actix_web::rt::System;
use serde_json::json;
use std::time::Duration;

/// A server in the middle of a mail.
async fn sending() -> (World, MailServer) {
    let server = MailServer::start().await;
    server.refuse(Some(""));
    let w = World::with(&[("mail_dir", ""), ("smtp_url", &server.url)]).await;
    let ada = w.reader("Ada").await;
    w.post("/v1/password-resets", &json!({ "email": ada.email })).await.expect(202);
    until("the mail is on its way", async || server.recipients() > 0).await;
    (w, server)
}

/// A panic in what is dropped with the runtime would end this whole process.
#[test]
fn it_ends_in_peace_also_if_nobody_stopped_it() {
    let system = System::new();
    let there = system.block_on(sending());
    drop(system);
    assert!(there.1.received().is_empty());
}

#[actix_web::test]
async fn it_stops_without_waiting_for_the_mail_server() {
    let (w, server) = sending().await;
    let World { server: running, .. } = w;
    // A mail that is not answered is given up after 15 s.
    tokio::time::timeout(Duration::from_secs(10), running.stop()).await.expect("stops at once").unwrap();
    assert!(server.received().is_empty());
}
