//! Which support resources may be kept, and when they should be checked again.

use super::super::types::{KeptSupport, NewSupport, StoredSupport, SupportResource};
use crate::{
    error::{Code, Error, Field, Result},
    text::{self, Bounds},
};
use chrono::{Days, NaiveDate};

/// Resources at most: all of them are sent to whoever asks.
pub const MAX_RESOURCES: i64 = 200;

const MAX_PHONE: usize = 40;
const MAX_URL: usize = 500;

/// What was checked before this day should be checked again.
#[must_use]
pub fn stale_before(today: NaiveDate, days: u32) -> NaiveDate {
    today.checked_sub_days(Days::new(days.into())).unwrap_or(NaiveDate::MIN)
}

/// A resource as those see it who keep it. `stale_before` is from [`stale_before`].
#[must_use]
pub fn kept(resource: SupportResource, stale_before: NaiveDate) -> KeptSupport {
    KeptSupport { stale: resource.checked_on < stale_before, resource }
}

/// Whether a resource may be kept as it is entered.
///
/// # Errors
/// [`Code::Validation`], which names every field.
pub fn check_support(new: NewSupport, today: NaiveDate) -> Result<StoredSupport> {
    let NewSupport { region, language, name, phone, url, checked_on, position } = new;
    let mut refused = Vec::new();
    let region = region.map(|region| region.to_ascii_uppercase());
    if region.as_deref().is_some_and(|region| !is_region(region)) {
        refused.push(Field::body("/region", "malformed", "must be two letters (ISO 3166-1) such as DE"));
    }
    let language = language.to_ascii_lowercase();
    if !is_language(&language) {
        refused.push(Field::body("/language", "malformed", "must be a language tag (BCP 47) such as en or pt-BR"));
    }
    let name = text::clean_line(&name, Bounds { min: 1, max: 120 }).unwrap_or_else(|flaw| {
        refused.push(Field::body("/name", flaw.code(), flaw.detail()));
        String::new()
    });
    let (phone, url) = (said(phone), said(url));
    if phone.is_none() && url.is_none() {
        refused.push(Field::body("/phone", "blank", "there must be a phone number or a page"));
    }
    if phone.as_deref().is_some_and(|phone| !is_phone(phone)) {
        refused.push(Field::body(
            "/phone",
            "malformed",
            "must be a phone number: digits and + ( ) / . - * # between them",
        ));
    }
    if url.as_deref().is_some_and(|url| !is_page(url)) {
        refused.push(Field::body("/url", "malformed", "must be an address that begins with https:// or http://"));
    }
    // Somewhere it is tomorrow already.
    if checked_on > today.succ_opt().unwrap_or(today) {
        refused.push(Field::body("/checked_on", "out_of_range", "must not be in the future"));
    }
    if !(0..=10_000).contains(&position) {
        refused.push(Field::body("/position", "out_of_range", "must be from 0 to 10000"));
    }
    if !refused.is_empty() {
        return Err(Error::validation(refused));
    }
    Ok(StoredSupport { region, language, name, phone, url, checked_on, position })
}

/// What is asked for, in the form in which it is kept.
///
/// # Errors
/// [`Code::BadRequest`], which names the parameter.
pub fn asked(region: Option<&str>, language: Option<&str>) -> Result<(Option<String>, Option<String>)> {
    let refuse = |name: &str, detail: &'static str| {
        let field = Field::parameter(name, "malformed", detail);
        Error::new(Code::BadRequest, "A query parameter is not acceptable.").at(field)
    };
    let (region, language) = (region.map(str::to_ascii_uppercase), language.map(str::to_ascii_lowercase));
    if region.as_deref().is_some_and(|region| !is_region(region)) {
        return Err(refuse("region", "must be two letters (ISO 3166-1) such as DE"));
    }
    if language.as_deref().is_some_and(|language| !is_language(language)) {
        return Err(refuse("language", "must be a language tag (BCP 47) such as en or pt-BR"));
    }
    // Of the tag only the language counts, so that there are few pages to keep.
    let language = language.map(|tag| tag.split('-').next().unwrap_or_default().to_owned());
    Ok((region, language))
}

/// The refusal where there are as many resources as there may be.
#[must_use]
pub fn too_many() -> Error {
    Error::new(Code::Conflict, format!("There are {MAX_RESOURCES} resources; delete one first."))
}

fn said(field: Option<String>) -> Option<String> {
    field.map(|field| field.trim().to_owned()).filter(|field| !field.is_empty())
}

fn is_region(region: &str) -> bool {
    region.len() == 2 && region.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether it has the form of a language tag (RFC 5646 §2.1), in small letters.
fn is_language(tag: &str) -> bool {
    let part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let language = tag.split('-').next().unwrap_or_default();
    tag.len() <= 35
        && tag.split('-').all(part)
        && matches!(language.len(), 2..=3)
        && language.bytes().all(|b| b.is_ascii_alphabetic())
}

fn is_phone(phone: &str) -> bool {
    let sign = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '+' | '(' | ')' | '/' | '.' | '-' | '*' | '#');
    phone.len() <= MAX_PHONE && phone.chars().all(sign) && phone.bytes().filter(u8::is_ascii_digit).count() >= 2
}

fn is_page(page: &str) -> bool {
    let readable = !page.chars().any(|c| c.is_whitespace() || c.is_control());
    let parsed = url::Url::parse(page).is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.has_host());
    page.len() <= MAX_URL && readable && parsed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_was_checked_as_long_ago_as_is_allowed_is_not_stale() {
        let before = stale_before(day("2026-03-14"), 10);
        let checked = |on: &str| {
            let resource = SupportResource {
                id: uuid::Uuid::nil(),
                revision: 1,
                region: None,
                language: "en".into(),
                name: "A line".into(),
                phone: Some("112".into()),
                url: None,
                checked_on: day(on),
                position: 0,
            };
            kept(resource, before).stale
        };
        assert!(!checked("2026-03-04"));
        assert!(checked("2026-03-03"));
        assert_eq!(stale_before(day("2026-03-14"), u32::MAX), NaiveDate::MIN);
    }

    #[test]
    fn numbers_as_people_write_them() {
        for good in ["112", "+49 (0)30 / 12-34.5", "*#06#", "116 123"] {
            assert!(is_phone(good), "{good}");
        }
        for bad in ["1", "call me", "0800 HELP 11", &"1".repeat(41)] {
            assert!(!is_phone(bad), "{bad}");
        }
    }

    #[test]
    fn pages() {
        assert!(is_page("https://example.org/help?lang=en"));
        for bad in ["example.org", "javascript:alert(1)", "https://", "ftp://example.org", "https://example.org/a b"] {
            assert!(!is_page(bad), "{bad}");
        }
    }
}
