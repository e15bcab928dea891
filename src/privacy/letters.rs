//! The mails of this room. They hold nothing of what they are about.

use crate::mail::{Mail, Part};
use chrono::{DateTime, Utc};

/// To somebody who closed the account.
pub fn closing(to: &str, publication: &str, erase_at: DateTime<Utc>) -> Mail {
    let until = erase_at.format("%-d %B %Y, %H:%M UTC");
    let parts = [
        Part::Paragraph(&format!("You asked {publication} to close your account.")),
        Part::Paragraph(&format!(
            "It will be erased after {until}. Until then you can change your mind: log in again and restore it."
        )),
        Part::Paragraph("If it was not you, log in now, restore the account and change your password."),
    ];
    Mail::new(to, &format!("Your account at {publication}"), &parts).of_kind("closing")
}

/// To somebody who opened the account again.
pub fn restored(to: &str, publication: &str) -> Mail {
    let parts = [
        Part::Paragraph(&format!("Your account at {publication} is open again. Nothing will be erased.")),
        Part::Paragraph("If it was not you, log in and change your password."),
    ];
    Mail::new(to, &format!("Your account at {publication}"), &parts).of_kind("closing")
}

/// To somebody whose export can be fetched.
pub fn ready(to: &str, publication: &str, expires_at: DateTime<Utc>) -> Mail {
    let until = expires_at.format("%-d %B %Y, %H:%M UTC");
    let parts = [
        Part::Paragraph(&format!("What you asked {publication} for is ready.")),
        Part::Paragraph(&format!("Log in where you asked for it to fetch it. It is kept until {until}.")),
        Part::Paragraph("If it was not you, log in and change your password."),
    ];
    Mail::new(to, &format!("Your request at {publication}"), &parts).of_kind("export")
}
