//! What a rule may be made of.

use super::super::{
    safety::check_phrase,
    terms::Term,
    types::{CheckedRule, NewRule, RuleAction, RuleKind},
};
use crate::{
    error::{Code, Error, Field, Result},
    text::{self, Bounds},
};
use url::Host;

/// Rules at most: each text passes all that are switched on.
pub const MAX_RULES: i64 = 200;

/// What one rule looks for, at most.
const MAX_TERMS: usize = 1000;

/// The bounds of a rule's name.
const NAME: Bounds = Bounds::new(1, 80);

/// The bounds of a term.
const TERM: Bounds = Bounds::new(1, 100);

/// Whether a rule may be kept as it is written.
///
/// # Errors
/// [`Code::Validation`], which names every field.
pub fn check_rule(rule: NewRule) -> Result<CheckedRule> {
    let mut refused = Vec::new();
    let NewRule { name, kind, action, language, priority, terms, enabled } = rule;
    let name = text::clean_line(&name, NAME).unwrap_or_else(|flaw| {
        refused.push(Field::body("/name", flaw.code(), flaw.detail()));
        String::new()
    });
    if kind == RuleKind::Safety && action != RuleAction::Hold {
        refused.push(Field::body("/action", "not_allowed", "must be hold: nobody in need is refused"));
    }
    if language.as_deref().is_some_and(|tag| !is_language(tag)) {
        refused.push(Field::body("/language", "malformed", "must be a language tag (BCP 47) such as en or pt-BR"));
    }
    let priority = priority.unwrap_or_default();
    if !(0..=3).contains(&priority) {
        refused.push(Field::body("/priority", "out_of_range", "must be from 0 to 3"));
    } else if priority > 0 && kind != RuleKind::Safety {
        refused.push(Field::body("/priority", "not_allowed", "is for safety rules only"));
    }
    let terms = check_terms(kind, &terms, &mut refused);
    if !refused.is_empty() {
        return Err(Error::validation(refused));
    }
    Ok(CheckedRule { name, kind, action, language, priority, terms, enabled })
}

/// Each term without blanks around it. What could never be found is refused: it would look as if it were seen to.
fn check_terms(kind: RuleKind, terms: &[String], refused: &mut Vec<Field>) -> Vec<String> {
    if terms.is_empty() || terms.len() > MAX_TERMS {
        let (code, detail) =
            if terms.is_empty() { ("blank", "must be one at least") } else { ("too_many", "must be 1000 at most") };
        refused.push(Field::body("/terms", code, detail));
        return Vec::new();
    }
    let mut kept = Vec::with_capacity(terms.len());
    for (at, term) in terms.iter().enumerate() {
        let flaw = match text::clean_line(term, TERM) {
            Err(flaw) => (flaw.code(), flaw.detail()),
            Ok(term) if kind == RuleKind::Hosts && !is_host(&term) => (
                "malformed",
                "must be a host without anything around it, such as example.com: all below it is meant, too".into(),
            ),
            Ok(term) if kind != RuleKind::Hosts && Term::new(&term).is_none() => {
                ("blank", "must have a letter or a digit: it matches nothing".into())
            }
            Ok(term) => match check_phrase(&term) {
                Err(flaw) if kind == RuleKind::Safety => ("malformed", format!("cannot be read as a phrase: {flaw}")),
                _ => {
                    kept.push(term);
                    continue;
                }
            },
        };
        refused.push(Field::body(&format!("/terms/{at}"), flaw.0, flaw.1));
    }
    kept
}

/// Whether a host is one that a link can lead to.
fn is_host(term: &str) -> bool {
    let label =
        |label: &str| !label.is_empty() && label.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'));
    match Host::parse(term) {
        Ok(Host::Domain(host)) => host.strip_suffix('.').unwrap_or(&host).split('.').all(label),
        Ok(Host::Ipv4(_) | Host::Ipv6(_)) => true,
        Err(_) => false,
    }
}

/// Whether it has the form of a language tag (RFC 5646 §2.1).
fn is_language(tag: &str) -> bool {
    let part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let language = tag.split('-').next().unwrap_or_default();
    tag.len() <= 35
        && tag.split('-').all(part)
        && matches!(language.len(), 2..=3)
        && language.bytes().all(|b| b.is_ascii_alphabetic())
}

/// The refusal where there are as many rules as there may be.
pub fn too_many_rules() -> Error {
    Error::new(Code::Conflict, format!("There are {MAX_RULES} rules; put terms into one of them, or delete one."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Place;

    fn flaws(kind: RuleKind, terms: &[&str]) -> Vec<String> {
        let terms = terms.iter().map(|&term| term.to_owned()).collect();
        let (name, action) = ("Rule".to_owned(), RuleAction::Hold);
        let rule = NewRule { name, kind, action, language: None, priority: None, terms, enabled: true };
        let place = |field: Field| match field.place {
            Place::Pointer(place) => place,
            other => panic!("{other:?}"),
        };
        check_rule(rule).map_or_else(|refused| refused.fields.into_iter().map(place).collect(), |_| Vec::new())
    }

    #[test]
    fn what_matches_nothing_is_named() {
        let words = ["spam", "…", "casino*", "*", "two words", " - ", "\u{200b}", "né", "1"];
        assert_eq!(flaws(RuleKind::Words, &words), ["#/terms/1", "#/terms/3", "#/terms/5", "#/terms/6"]);
        let phrases = ["…", "(end|stop) it", "(end it", "not:end it (rehearsal|scene)", "blue & tonight"];
        assert_eq!(flaws(RuleKind::Safety, &phrases), ["#/terms/0", "#/terms/2"]);
        assert_eq!(flaws(RuleKind::Words, &["a\0b", &"x".repeat(101)]), ["#/terms/0", "#/terms/1"]);
    }

    #[test]
    fn what_is_no_host_is_named() {
        let good = ["example.com", "EXAMPLE.com.", "xn--bcher-kva.example", "bücher.example", "xyz", "192.0.2.7"];
        assert!(flaws(RuleKind::Hosts, &good).is_empty());
        let bad =
            ["https://example.com", "example.com/path", "*.example.com", "example.com:80", "two words", "a..b", "."];
        let named: Vec<String> = (0..bad.len()).map(|at| format!("#/terms/{at}")).collect();
        assert_eq!(flaws(RuleKind::Hosts, &bad), named);
    }

    #[test]
    fn language_tags() {
        for good in ["en", "pt-BR", "zh-Hant-TW", "deu"] {
            assert!(is_language(good), "{good}");
        }
        for bad in ["", "english", "e", "en_GB", "12", "en-", "-en", "en-012345678"] {
            assert!(!is_language(bad), "{bad}");
        }
    }
}
