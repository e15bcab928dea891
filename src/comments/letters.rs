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
