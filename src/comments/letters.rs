//! What is mailed from here. A stranger may have given the address: nothing that somebody chose is carried to it.

use crate::{
    accounts::Email,
    mail::{Mail, Part},
};
use uuid::Uuid;

/// To an address that a new guest gave.
pub fn is_it_yours(to: &Email, guest_id: Uuid, publication: &str, code: &str) -> Mail {
    let parts = [
        Part::Paragraph(&format!("Somebody, probably you, wrote at {publication} and gave this address.")),
        Part::Paragraph("If it is yours, go back there and enter this code. It is good for 24 hours:"),
        Part::Code(code),
        Part::Paragraph("If it was not you, ignore this mail: without the code nothing is ever sent to you."),
    ];
    Mail::new(to.as_str(), &format!("Your address at {publication}"), &parts).of_kind("guest").of_person(guest_id)
}

/// To a guest whose address it turned out to be: how they come back.
pub fn your_link(to: &str, guest_id: Uuid, publication: &str, link: &str) -> Mail {
    let parts = [
        Part::Paragraph(&format!(
            "You said that this address is yours at {publication}. Keep this mail: with this link you come back to what \
             you wrote there, to change it, to take it back, or to end mails:"
        )),
        Part::Code(link),
        Part::Paragraph("Whoever has the link can do the same. Do not pass it on."),
    ];
    Mail::new(to, &format!("Your way back to {publication}"), &parts).of_kind("guest_link").of_person(guest_id)
}
