//! The mails of this room. Somebody else may read the mailbox: they say that there is something and where, and nothing of what,
//! from whom or about what.

use super::types::Kind;
use crate::mail::{Mail, Part};
use uuid::Uuid;

/// To whoever wrote a comment; `link` leads to it.
pub fn notice(to: &str, person_id: Uuid, publication: &str, kind: Kind, link: &str) -> Mail {
    let (subject, text) = match kind {
        Kind::Answer => {
            (format!("An answer at {publication}"), format!("There is an answer to what you wrote at {publication}:"))
        }
        Kind::Approval => {
            (format!("Your comment at {publication}"), format!("What you wrote at {publication} is public now:"))
        }
    };
    let parts = [Part::Paragraph(&text), Part::Link(link)];
    Mail::new(to, &subject, &parts).of_kind(kind.as_str()).optional_for(person_id)
}
