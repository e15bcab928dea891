//! What each check finds. Each says what it asks for by itself, whatever the others do.

mod hosts;
mod personal_data;
mod shouting;

pub use hosts::Hosts;
pub use personal_data::{PersonalData, find_personal_data};
pub(super) use shouting::shouting;

use super::{
    fold::Folded,
    shown::Shown,
    types::{Action, AuthorKind, Check, Hit, Mode, Policy, Rule, Rules, SanctionKind, Standing},
};

/// Texts of fewer letters are said by many.
const LETTERS_TO_REPEAT: usize = 20;

/// Rejections in 30 days that make the next text wait.
const REJECTIONS: u32 = 3;

/// The longest detail of a hit, in characters.
const DETAIL: usize = 200;

impl Hit {
    fn new(check: Check, action: Action, detail: impl Into<String>) -> Self {
        Self { check, rule_id: None, action, detail: detail.into() }
    }

    /// By a rule, with those of its terms that are there.
    fn by(check: Check, rule: &Rule, terms: &[&str]) -> Self {
        let detail = terms.join(", ").chars().take(DETAIL).collect();
        Self { check, rule_id: Some(rule.id), action: rule.action, detail }
    }
}

/// Whether its author may write: not while muted or banned, nor without a look while all of theirs is held.
pub(super) fn sanction(standing: &Standing) -> Option<Hit> {
    let (action, detail) = match standing.sanction? {
        SanctionKind::Warn => return None,
        SanctionKind::HoldAll => (Action::Hold, "hold_all"),
        SanctionKind::Mute => (Action::Reject, "mute"),
        SanctionKind::Ban => (Action::Reject, "ban"),
    };
    Some(Hit::new(Check::Sanction, action, detail))
}

/// Whether others said the same, as often as [`Policy::repeats`], which is never if that is 0.
pub(super) fn repeat(seen: u32, letters: usize, policy: &Policy) -> Option<Hit> {
    let often = policy.repeats > 0 && seen >= policy.repeats;
    (often && letters > LETTERS_TO_REPEAT).then(|| Hit::new(Check::Repeat, Action::Hold, seen.to_string()))
}

/// Rules on words, each of which is named once.
pub(super) fn words(folded: &Folded<'_>, rules: &Rules) -> Vec<Hit> {
    let places = rules.words.find(folded).into_iter().map(|(place, _)| *place).collect();
    rules.at(places).into_iter().map(|(rule, terms)| Hit::by(Check::Words, rule, &terms)).collect()
}

/// Rules on where links lead, each of which is named once.
pub(super) fn hosts(shown: &Shown<'_>, rules: &Rules) -> Vec<Hit> {
    let places = shown.links.iter().flat_map(|link| rules.hosts.find(link)).collect();
    rules.at(places).into_iter().map(|(rule, terms)| Hit::by(Check::Hosts, rule, &terms)).collect()
}

/// How many links it holds, unless its author is known.
pub(super) fn links(links: usize, standing: &Standing, policy: &Policy) -> Option<Hit> {
    let many = links > usize::try_from(policy.links_over).unwrap_or(usize::MAX);
    let hit = || Hit::new(Check::Links, Action::Hold, links.to_string());
    (many && !is_known(standing, policy)).then(hit)
}

/// What tells who somebody is. Its kinds are named, never the data.
pub(super) fn personal_data(text: &str) -> Option<Hit> {
    let mut kinds: Vec<PersonalData> = find_personal_data(text).into_iter().map(|found| found.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let names: Vec<&str> = kinds.into_iter().map(PersonalData::as_str).collect();
    (!names.is_empty()).then(|| Hit::new(Check::PersonalData, Action::Nudge, names.join(", ")))
}

/// Whether its author was rejected lately, often and as often as not.
pub(super) fn rejections(standing: &Standing) -> Option<Hit> {
    let rejected = standing.rejected_lately;
    let mostly = rejected >= REJECTIONS && rejected >= standing.approved_lately;
    let detail = || format!("{rejected} of {}", rejected.saturating_add(standing.approved_lately));
    mostly.then(|| Hit::new(Check::Rejections, Action::Hold, detail()))
}

/// Who waits here.
pub(super) fn policy(standing: &Standing, policy: &Policy) -> Option<Hit> {
    let (waits, detail) = match policy.mode {
        Mode::Open => (false, "open"),
        Mode::First => (standing.approved == 0, "first"),
        Mode::Guests => (standing.kind == AuthorKind::Guest && !is_known(standing, policy), "guests"),
        Mode::All => (true, "all"),
    };
    waits.then(|| Hit::new(Check::Policy, Action::Wait, detail))
}

/// Whether enough of somebody's comments were approved, and none was rejected lately. Nobody is if 0 are enough.
const fn is_known(standing: &Standing, policy: &Policy) -> bool {
    policy.known_after > 0 && standing.approved >= policy.known_after && standing.rejected_lately == 0
}
