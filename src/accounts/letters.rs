//! The mails of this room. They hold nothing that anybody but us could choose, or we would carry anybody's words to any
//! address, and say nothing to who looks over a shoulder.

use crate::mail::{Mail, Part};
use Part::Paragraph;

/// How mails are counted that tell of what was done already.
const NOTICE: &str = "notice";

/// To an address that somebody signed up with.
pub fn code(to: &str, publication: &str, code: &str) -> Mail {
    let parts = [
        Paragraph(&format!("Somebody, probably you, signed up at {publication} with this address.")),
        Paragraph(
            "To confirm it, go back to where you signed up and enter this code, with the password that you chose. It is \
             good for 24 hours:",
        ),
        Part::Code(code),
        Paragraph("If it was not you, ignore this mail: without the code nothing happens."),
    ];
    Mail::new(to, &format!("Your code for {publication}"), &parts).of_kind("sign_up")
}

/// To an address that somebody signed up with although it has an account.
pub fn already(to: &str, publication: &str) -> Mail {
    let parts = [
        Paragraph(&format!("Somebody, probably you, signed up at {publication} with this address.")),
        Paragraph("You have an account there already: log in with this address and your password."),
        Paragraph("If it was not you, ignore this mail: nothing has changed."),
    ];
    your_account(to, publication, &parts).of_kind("sign_up")
}

/// To the address of an account whose password somebody says to have lost. `link` leads to a page of the publication.
pub fn reset(to: &str, publication: &str, code: &str, link: Option<&str>) -> Mail {
    let asked = format!("Somebody, probably you, asked for a new password at {publication}.");
    let ignore = "If it was not you, ignore this mail: your password stays as it is.";
    let first = [
        Paragraph(&asked),
        Paragraph("To choose one, go back to where you asked and enter this code. It is good once, for 10 minutes:"),
        Part::Code(code),
    ];
    let link = link.map(|link| [Paragraph("Or follow this link:"), Part::Code(link)]);
    let parts: Vec<_> = first.into_iter().chain(link.into_iter().flatten()).chain([Paragraph(ignore)]).collect();
    Mail::new(to, &format!("Your code for {publication}"), &parts).of_kind("reset")
}

/// To an address that somebody gave for a lost password, and that has no account with a password.
pub fn unknown(to: &str, publication: &str) -> Mail {
    let parts = [
        Paragraph(&format!("Somebody, probably you, asked for a new password at {publication}.")),
        Paragraph("There is no password for this address: perhaps you signed up with another one."),
        Paragraph("If it was not you, ignore this mail: nothing has changed."),
    ];
    your_account(to, publication, &parts).of_kind("reset")
}

/// To the address that somebody wants for an account.
pub fn verify(to: &str, publication: &str, code: &str) -> Mail {
    let parts = [
        Paragraph(&format!("Somebody, probably you, wants to use this address for an account at {publication}.")),
        Paragraph("To confirm it, go back to where you changed it and enter this code. It is good once, for an hour:"),
        Part::Code(code),
        Paragraph("If it was not you, ignore this mail: without the code nothing happens."),
    ];
    Mail::new(to, &format!("Your code for {publication}"), &parts).of_kind("email_change")
}

/// To an address that somebody wants for an account although it has another.
pub fn taken(to: &str, publication: &str) -> Mail {
    let parts = [
        Paragraph(&format!("Somebody, probably you, wants to use this address for an account at {publication}.")),
        Paragraph("It belongs to an account there already, so nothing has changed: log in with it and your password."),
    ];
    your_account(to, publication, &parts).of_kind("email_change")
}

/// To the present address of an account for which somebody gave another.
pub fn email_about_to_change(to: &str, publication: &str) -> Mail {
    let parts = [
        Paragraph(&format!("Somebody, probably you, asked for another address for your account at {publication}.")),
        Paragraph("It is used once it has been confirmed by a code that went there."),
        Paragraph(NOT_YOU),
    ];
    notice(to, publication, &parts)
}

/// To the address that an account had.
pub fn email_given_up(to: &str, publication: &str) -> Mail {
    let parts = [
        Paragraph(&format!("Your account at {publication} has another address now. No more mail comes to this one.")),
        Paragraph("If it was not you, write to the people of the publication at once."),
    ];
    notice(to, publication, &parts)
}

/// To the address that an account has now.
pub fn email_taken_up(to: &str, publication: &str) -> Mail {
    let parts = [Paragraph(&format!("This is the address of your account at {publication} from now on."))];
    notice(to, publication, &parts)
}

/// To the owner of an account whose password was changed.
pub fn password_changed(to: &str, publication: &str) -> Mail {
    let parts = [
        Paragraph(&format!("The password of your account at {publication} has been changed.")),
        Paragraph("Wherever somebody was signed in with the old one, they are not any more."),
        Paragraph(
            "If it was not you, ask for a new password at once: that takes effect on everybody who is signed in.",
        ),
    ];
    notice(to, publication, &parts)
}

/// To the owner of an account to which somebody signed in from where nobody did before.
pub fn new_sign_in(to: &str, publication: &str) -> Mail {
    let parts = [
        Paragraph(&format!("Somebody, probably you, signed in to your account at {publication} from a new place.")),
        Paragraph(NOT_YOU),
    ];
    notice(to, publication, &parts)
}

/// To the owner of an account that asks for a second factor from now on.
pub fn second_factor_set_up(to: &str, publication: &str) -> Mail {
    let parts = [
        Paragraph(&format!("Your account at {publication} asks for a code of your authenticator app from now on.")),
        Paragraph(NOT_YOU),
    ];
    notice(to, publication, &parts)
}

/// To the owner of an account that does so no more.
pub fn second_factor_taken_away(to: &str, publication: &str) -> Mail {
    let parts = [
        Paragraph(&format!("Your account at {publication} asks for no code of an authenticator app any more.")),
        Paragraph(NOT_YOU),
    ];
    notice(to, publication, &parts)
}

const NOT_YOU: &str = "If it was not you, change your password at once: that ends every other session.";

fn notice(to: &str, publication: &str, parts: &[Part<'_>]) -> Mail {
    your_account(to, publication, parts).of_kind(NOTICE)
}

fn your_account(to: &str, publication: &str, parts: &[Part<'_>]) -> Mail {
    Mail::new(to, &format!("Your account at {publication}"), parts)
}
