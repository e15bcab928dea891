//! The mails of this room. They hold nothing of a comment but where to find it, and not why it should not wait.

use crate::mail::{Mail, Part};
use uuid::Uuid;

/// To somebody on call. `address` is this server's.
pub fn waiting(to: &str, publication: &str, address: &str, alert_ids: &[Uuid]) -> Mail {
    let links: Vec<String> = alert_ids.iter().map(|id| format!("{address}/v1/moderation/alerts/{id}")).collect();
    let comments = format!("Somebody should look soon at what waits for you at {publication}:");
    let mut parts = vec![Part::Paragraph(&comments)];
    parts.extend(links.iter().map(|link| Part::Code(link)));
    parts.push(Part::Paragraph(
        "Say that you are at it, and nobody else is called; else the next is called after a while.",
    ));
    Mail::new(to, "A comment waits for you", &parts).of_kind("alert")
}
