//! The one mail of this room. Somebody else may read it: it says that there is something, and nothing of what, from whom or
//! about what.

use crate::mail::{Mail, Part};

/// To somebody in a thread.
pub fn new_message(to: &str, publication: &str) -> Mail {
    let parts = [Part::Paragraph("You have a new message.")];
    Mail::new(to, &format!("A message at {publication}"), &parts).of_kind("private")
}
