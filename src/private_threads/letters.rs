//! The one mail of this room. Somebody else may read it: it says that there is something, and nothing of what, from whom or
//! about what.

use crate::mail::{Mail, Part};
use uuid::Uuid;

/// To somebody in a thread: an account or a guest, who may do without such mails.
pub fn new_message(to: &str, publication: &str, person_id: Uuid) -> Mail {
    let parts = [Part::Paragraph("You have a new message.")];
    Mail::new(to, &format!("A message at {publication}"), &parts).of_kind("private").optional_for(person_id)
}
