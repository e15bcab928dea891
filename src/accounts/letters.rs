//! The mails of this room. They hold nothing that the person who signs up could choose: else we would carry
//! anybody's words to any address.

use super::rules::Email;
use crate::mail::{Mail, Part};

/// To an address that somebody signed up with.
pub fn code(to: &Email, publication: &str, code: &str) -> Mail {
    let parts = [
        Part::Paragraph(&format!("Somebody, probably you, signed up at {publication} with this address.")),
        Part::Paragraph("To confirm it, go back to where you signed up and enter this code. It is good for 24 hours:"),
        Part::Code(code),
        Part::Paragraph("If it was not you, ignore this mail: without the code nothing happens."),
    ];
    Mail::new(to.as_str(), &format!("Your code for {publication}"), &parts)
}

/// To an address that somebody signed up with although it has an account.
pub fn already(to: &Email, publication: &str) -> Mail {
    let parts = [
        Part::Paragraph(&format!("Somebody, probably you, signed up at {publication} with this address.")),
        Part::Paragraph("You have an account there already: log in with this address and your password."),
        Part::Paragraph("If it was not you, ignore this mail: nothing has changed."),
    ];
    Mail::new(to.as_str(), &format!("Your account at {publication}"), &parts)
}

/// To the owner of an account that was logged in to from a network it had not been used from.
pub fn new_sign_in(to: &Email, publication: &str) -> Mail {
    let parts = [
        Part::Paragraph(&format!(
            "Somebody, probably you, logged in to your account at {publication} from a place that is new to us."
        )),
        Part::Paragraph("If it was not you, end all sessions and set a new password."),
    ];
    Mail::new(to.as_str(), &format!("Your account at {publication}"), &parts)
}
