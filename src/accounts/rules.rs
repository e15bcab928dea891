//! What is acceptable, and for how long things are good. Pure.

use super::types::EditMe;
use crate::{
    error::{Error, Field, Result},
    secrets::{Purpose, Secrets},
    text::{self, Bounds},
};
use chrono::TimeDelta;
use lettre::Address;
use std::fmt;
use url::Url;
use uuid::Uuid;
use zxcvbn::{Score, zxcvbn};

/// The longest address, bytes (RFC 5321 §4.5.3.1.3, less the angle brackets).
pub const MAX_EMAIL_BYTES: usize = 254;

/// The longest password, bytes. Checked before anything is computed of it.
pub const MAX_PASSWORD_BYTES: usize = 1024;

/// What somebody may say of themselves.
const BIO: Bounds = Bounds::new(0, 1_000);

/// The longest address of a page, characters.
const MAX_WEBSITE: usize = 500;

/// How long a sign-up waits for its code.
pub const SIGN_UP_VALID: TimeDelta = TimeDelta::hours(24);

/// Mails that one address gets in that time because somebody signs up with it: nobody is flooded through us.
pub const MAX_SIGN_UPS: i64 = 5;

/// Wrong passwords that may be given with the code of a sign-up.
pub const MAX_TRIALS: i16 = 5;

/// How long the code is good that verifies another address.
pub const EMAIL_CODE_VALID: TimeDelta = TimeDelta::hours(1);

/// How long the code is good that stands for a lost password (ASVS 6.5.5).
pub const RESET_CODE_VALID: TimeDelta = TimeDelta::minutes(10);

/// How long an invitation is good.
pub const INVITATION_VALID: TimeDelta = TimeDelta::days(7);

/// How long a used refresh token gives its successor again: two tabs refresh at once, an answer gets lost.
pub const REFRESH_GRACE: TimeDelta = TimeDelta::seconds(10);

/// A value that is acceptable, or the field that is not.
pub type Checked<T = ()> = std::result::Result<T, Field>;

/// An e-mail address that could exist, its domain in lower case.
#[derive(Clone, PartialEq, Eq)]
pub struct Email(String);

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

impl Email {
    /// Reads an address. Blanks around it are dropped.
    ///
    /// # Errors
    /// The field `/email` when it is too long or not an address.
    pub fn parse(written: &str) -> Checked<Self> {
        let written = written.trim();
        check_email_length(written)?;
        let malformed = || Field::body("/email", "malformed", "must be an e-mail address, such as ada@example.org");
        // The Kelvin sign is a k in lower case: mail for the one would go to another mailbox than mail for the other.
        if written.chars().any(|c| !c.is_ascii() && c.to_lowercase().any(|low| low.is_ascii())) {
            return Err(malformed());
        }
        let address: Address = written.parse().map_err(|_| malformed())?;
        Ok(Self(format!("{}@{}", address.user(), address.domain().to_lowercase())))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// By what the account that has it is found.
    ///
    /// # Errors
    /// Only if the cryptographic library fails.
    pub fn hash(&self, secrets: &Secrets) -> Result<Vec<u8>> {
        email_hash(secrets, &self.0)
    }

    /// Sealed for the row with this id.
    ///
    /// # Errors
    /// Only if the cryptographic library fails.
    pub fn seal(&self, secrets: &Secrets, id: Uuid) -> Result<Vec<u8>> {
        secrets.seal(Purpose::Email, id.as_bytes(), self.0.as_bytes())
    }

    /// The address that was sealed for the row with this id.
    ///
    /// # Errors
    /// When it was sealed for another row, or with another secret.
    pub fn open(secrets: &Secrets, id: Uuid, sealed: &[u8]) -> Result<String> {
        let address = secrets.open(Purpose::Email, id.as_bytes(), sealed)?;
        String::from_utf8(address.to_vec()).map_err(Error::internal)
    }
}

/// By what an account is found: as it was written by whoever looks, in any case.
pub fn email_hash(secrets: &Secrets, written: &str) -> Result<Vec<u8>> {
    Ok(secrets.mac(Purpose::EmailHash, written.trim().to_lowercase().as_bytes())?.to_vec())
}

pub fn check_email_length(written: &str) -> Checked {
    let detail = format!("must have at most {MAX_EMAIL_BYTES} bytes");
    if written.len() > MAX_EMAIL_BYTES { Err(Field::body("/email", "too_long", detail)) } else { Ok(()) }
}

/// Whether a password is worth computing anything of it.
pub fn check_password_size(password: &str) -> Checked {
    let detail = format!("must have at most {MAX_PASSWORD_BYTES} bytes");
    if password.len() > MAX_PASSWORD_BYTES { Err(Field::body("/password", "too_long", detail)) } else { Ok(()) }
}

/// Whether a password is long enough to be chosen. Length counts characters, and nothing is asked of their kinds
/// (ASVS 6.2.1, 6.2.5).
pub fn check_password_length(password: &str, min: usize) -> Checked {
    check_password_size(password)?;
    let detail = format!("must have at least {min} characters");
    if password.chars().count() < min { Err(Field::body("/password", "too_short", detail)) } else { Ok(()) }
}

/// Characters of a password that the estimate looks at.
const ESTIMATED: usize = 48;

/// Names and words that it is held against.
const ABOUT: usize = 64;

/// Whether a password is hard enough to guess, by an estimate of how often one would have to: what stands on the
/// lists of common passwords is not, nor what is made of such words, dates, sequences, repetitions, or of what
/// anybody would try first, names and addresses in `about` (ASVS 6.2.4).
///
/// The estimate looks at the beginning of the password, whose rest can only make it harder, and at a bounded number of
/// names: its work grows with the product of both.
pub fn check_password_strength(password: &str, about: &[String]) -> Checked {
    let about: Vec<&str> = about.iter().flat_map(|each| parts(each)).take(ABOUT).collect();
    let beginning: String = password.chars().take(ESTIMATED).collect();
    if zxcvbn(&beginning, &about).score() >= Score::Three {
        return Ok(());
    }
    let detail = "is easy to guess; take several words that do not belong together";
    Err(Field::body("/password", "too_common", detail))
}

/// A name or address, and the words in it.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    std::iter::once(name).chain(name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2))
}

pub fn clean_name(written: &str) -> Checked<String> {
    text::clean_name(written).map_err(|flaw| Field::body("/display_name", flaw.code(), flaw.detail()))
}

/// A name that readers would take for that of somebody who works here.
pub fn name_taken() -> Field {
    let detail =
        "looks like the name of somebody who works here; please take another, so that nobody mistakes you for them";
    Field::body("/display_name", "name_taken", detail)
}

/// What somebody wants to be said of them, as it is kept; every flaw of it otherwise.
pub fn check_profile(given: EditMe) -> std::result::Result<EditMe, Vec<Field>> {
    let EditMe { display_name, bio, website } = given;
    let display_name = display_name.as_deref().map(clean_name).transpose();
    let bio = bio.as_deref().map(check_bio).transpose();
    let website = website.as_deref().map(check_website).transpose();
    match (display_name, bio, website) {
        (Ok(display_name), Ok(bio), Ok(website)) => Ok(EditMe { display_name, bio, website }),
        (name, bio, website) => Err([name.err(), bio.err(), website.err()].into_iter().flatten().collect()),
    }
}

fn check_bio(written: &str) -> Checked<String> {
    text::clean(written, BIO).map_err(|flaw| Field::body("/bio", flaw.code(), flaw.detail()))
}

/// The address of a page, as a browser would write it (WHATWG URL), or nothing. Only schemes that lead to a page
/// are taken, never `javascript:`, and no name or password before the host, which makes one host look like another.
fn check_website(written: &str) -> Checked<String> {
    let refuse = |code: &'static str, detail: String| Err(Field::body("/website", code, detail));
    let written = written.trim();
    if written.is_empty() {
        return Ok(String::new());
    }
    let too_long = || refuse("too_long", format!("must have at most {MAX_WEBSITE} characters"));
    if written.len() > 4 * MAX_WEBSITE {
        return too_long();
    }
    // A browser leaves tabs and line breaks out: `java\nscript:` must not become something else on the way.
    let parsed = Url::parse(written).ok().filter(|_| !written.chars().any(|c| c.is_control() || c.is_whitespace()));
    let Some(url) = parsed else {
        return refuse("malformed", "must be a whole address, such as https://example.org/".into());
    };
    if !matches!(url.scheme(), "https" | "http") {
        return refuse("scheme", "must begin with https: or http:".into());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("malformed", "must not hold a user name or password".into());
    }
    let address = url.to_string();
    if address.len() > MAX_WEBSITE { too_long() } else { Ok(address) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_easy_to_guess_is_refused() {
        let about = ["ada.lovelace@example.org".to_owned(), "Ada Lovelace".to_owned(), "The Long Table".to_owned()];
        let easy = [
            "aaaaaaaaaaaaaaaaaaaa",
            "12345678901234567890",
            "passwordpassword",
            "P@ssw0rdP@ssw0rd1",
            "letmeinletmeinletmein",
            "qwertyuiopasdfgh",
            "summer2026summer2026",
            "ada.lovelace@example.org",
            "lovelacelovelace",
            "The Long Table",
        ];
        for password in easy {
            assert!(check_password_strength(password, &about).is_err(), "{password}");
        }
        let leet = "@4({[<36!1|0$5+7%2xz".repeat(60);
        let crowd = [(0..100_000).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ")];
        let began = std::time::Instant::now();
        let _ = check_password_strength(&leet, &crowd);
        assert!(
            began.elapsed() < std::time::Duration::from_mins(2),
            "its work is bounded, also on a machine that is busy"
        );
        let hard = [
            "correct horse battery staple",
            "four rivers under one bridge",
            "drei Löffel grüne Wolken",
            "x7#kQ!9vTz$2mW@p",
        ];
        for password in hard {
            assert_eq!(check_password_strength(password, &about), Ok(()), "{password}");
        }
    }

    #[test]
    fn length_counts_characters_and_is_bounded_in_bytes() {
        assert_eq!(check_password_length(&"ü".repeat(15), 15), Ok(()));
        assert_eq!(check_password_length(&"ü".repeat(14), 15).unwrap_err().code, "too_short");
        assert_eq!(check_password_length(&"ü".repeat(512), 15), Ok(()));
        assert_eq!(check_password_length(&"ü".repeat(513), 15).unwrap_err().code, "too_long");
    }

    #[test]
    fn an_address_keeps_its_local_part_and_is_found_in_any_case() {
        let secrets = Secrets::new("thirty-two bytes of secret, or more").unwrap();
        let address = Email::parse("  Ada.L+books@Example.ORG ").unwrap();
        assert_eq!(address.as_str(), "Ada.L+books@example.org");
        assert_eq!(address.hash(&secrets).unwrap(), email_hash(&secrets, "ADA.l+BOOKS@example.org").unwrap());
        let (id, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = address.seal(&secrets, id).unwrap();
        assert_eq!(Email::open(&secrets, id, &sealed).unwrap(), address.as_str());
        assert!(Email::open(&secrets, other, &sealed).is_err(), "it opens beside its own row only");
        assert_eq!(Email::parse("mi\u{212A}e@example.org").unwrap_err().code, "malformed", "its k is none");
    }

    #[test]
    fn a_website_is_a_page_and_nothing_else() {
        for (written, kept) in [
            (" https://example.org ", Some("https://example.org/")),
            ("HTTP://Example.ORG/a b", None),
            ("HTTP://Example.ORG/a%20b", Some("http://example.org/a%20b")),
            ("http://example.org/ä?q=<x>#\"", Some("http://example.org/%C3%A4?q=%3Cx%3E#%22")),
            ("https://bücher.example/", Some("https://xn--bcher-kva.example/")),
            ("javascript:alert(1)", None),
            ("JaVaScRiPt:alert(1)", None),
            ("java\nscript:alert(1)", None),
            ("data:text/html,x", None),
            ("vbscript:x", None),
            ("ftp://example.org/", None),
            ("mailto:ada@example.org", None),
            ("//example.org/", None),
            ("example.org", None),
            ("https://", None),
            ("https://ada:secret@example.org/", None),
            ("https://example.org@evil.example/", None),
        ] {
            assert_eq!(check_website(written).ok().as_deref(), kept, "{written:?}");
        }
        assert_eq!(check_website("  "), Ok(String::new()));
        assert_eq!(check_website(&format!("https://example.org/{}", "a".repeat(500))).unwrap_err().code, "too_long");
    }
}
