//! RUSTSEC-2021-0069: a line of one dot ends a mail for the server unless the sender hides it, and whatever stands
//! behind it would be commands.

use super::{postman, server::MailServer, world};
use colloquy::mail::{Mail, Outbox, Part};
use std::sync::Arc;

#[actix_web::test]
async fn a_line_of_one_dot_ends_no_mail() {
    let (w, server) = (world().await, MailServer::start().await);
    let sly = "Before.\r\n\r\n.\r\nMAIL FROM:<eve@example.org>\r\nRCPT TO:<bob@example.org>\r\n..\r\nAfter.";
    let mail = Mail::new("ada@example.org", "Your code", &[Part::Paragraph(sly)]).of_kind("other");
    let outbox = Outbox::new(w.secrets.clone(), Arc::default());
    assert!(w.write(async |tx| outbox.enqueue(tx, &mail).await).await.unwrap());
    assert_eq!(postman(&w, &server.url, &w.clock).go_round().await.unwrap(), 1);
    let received = server.received();
    assert_eq!(received.len(), 1, "{received:?}");
    assert!(received[0].starts_with("RCPT TO:<ada@example.org>"), "{}", received[0]);
    let plain = received[0].split("text/html").next().unwrap();
    assert!(plain.contains("\n.\nMAIL FROM:<eve@example.org>") && plain.contains("\n..\nAfter."), "{plain}");
    assert!(received[0].contains("text/html"), "it came to its end: {}", received[0]);
}
