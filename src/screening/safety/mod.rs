//! Phrases that somebody in danger may use, and what reads like them. What is found says how soon a person should look, and
//! nothing of who wrote it: see `docs/decisions/0019-phrase-lists-say-how-soon-never-what-somebody-is.md`.

mod bits;
mod likeness;
mod list;
mod phrase;
mod phrases;
mod reading;

use super::{
    fold::Folded,
    types::{Action, Check, Hit, Rule, RuleKind, Rules},
};
use likeness::likeness;
use list::Lists;
use phrase::Phrase;
use phrases::{Effect, Found, Span};
use reading::Reading;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use uuid::Uuid;

pub use likeness::{Part, WEIGHTS, WORDS, parts_of};
pub(super) use phrases::Phrases;

/// What looks at texts beside the publication's own rules: all that comes with the server, if nothing else is said.
#[derive(Debug, Clone)]
pub struct Watch {
    lists: Arc<Lists>,
    likeness: bool,
}

/// The name of looking for texts that are like those of people in need, where lists are named by their languages.
const LIKENESS: &str = "likeness";

impl Default for Watch {
    fn default() -> Self {
        Self { lists: Lists::of(|_| true), likeness: true }
    }
}

impl Watch {
    /// Only what is named. What is left out neither finds anything nor speaks against what others find.
    pub fn only<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let names: BTreeSet<&str> = names.into_iter().collect();
        Self { lists: Lists::of(|language| names.contains(language)), likeness: names.contains(LIKENESS) }
    }
}

/// How far an `[unless]` phrase reaches to both sides, and how far around a phrase the text is looked at for doubting it, words.
const REACH: usize = 30;

/// What is said with a phrase in one breath, words to both sides.
const NEAR: usize = 8;

/// How much a text is like those of people in need that is held though nobody has a phrase for it; and that should be looked at
/// soon.
const ALIKE: f32 = 0.8;
const VERY_ALIKE: f32 = 0.9;

/// Shorter texts tell too little to be held for likeness alone, words.
const ENOUGH: usize = 8;

/// What stands around a phrase of a list and is no more than this like what people in need write, holds it by chance.
const UNLIKE: f32 = 0.15;

/// What in a text asks for somebody to look soon, each with how soon: 0 to 3. One for each list and each rule; where none finds
/// anything, one for a text that is much like those of people in need.
pub(super) fn look(folded: &Folded<'_>, rules: &Rules) -> Vec<(Hit, i16)> {
    let reading = Reading::of(folded);
    let Watch { lists, likeness: weighs } = &rules.watch;
    let (listed, own) = (lists.phrases.find(&reading), rules.safety.find(&reading));
    let own_not = own.spans(&Effect::Not);
    let taken_back = [listed.spans(&Effect::Not), own_not.clone()].concat();
    let long_ago = listed.spans(&Effect::Unless);
    let counts = |span: &Span, always: bool| {
        let said_otherwise = taken_back.iter().any(|other| span.from < other.to && other.from < span.to);
        let told_of_before =
            || long_ago.iter().any(|other| other.from <= span.to + REACH && span.from <= other.to + REACH);
        !said_otherwise && (always || !told_of_before())
    };
    // What is plain is not doubted for what stands around it.
    let is_meant = |span: &Span, always: bool| {
        let alike_within = |reach: usize| {
            let around = span.from.saturating_sub(reach)..span.to + reach;
            likeness(&reading, |word| around.contains(&word))
        };
        let alike = || [NEAR, REACH].into_iter().filter_map(alike_within).reduce(f32::max);
        counts(span, always) && (always || !weighs || alike().is_none_or(|alike| alike > UNLIKE))
    };
    let named = |(list, priority): (usize, i16)| Some((hit(None, lists.names.get(list)?.clone()), priority));
    let owned =
        |(rule, priority): (usize, i16)| Some((hit(Some(rules.written.get(rule)?.id), String::new()), priority));
    let mut found: Vec<(Hit, i16)> = soonest(&listed, &is_meant).into_iter().filter_map(named).collect();
    found.extend(soonest(&own, &counts).into_iter().filter_map(owned));
    // A rule of the publication's own that says what words mean there speaks against this, too.
    let tells = *weighs && found.is_empty() && own_not.is_empty() && folded.len() >= ENOUGH;
    let alike = if tells { likeness(&reading, |_| true) } else { None };
    if let Some(alike) = alike.filter(|alike| *alike > ALIKE) {
        found.push((hit(None, likeness::NAME.to_owned()), if alike > VERY_ALIKE { 2 } else { 1 }));
    }
    found
}

/// The highest priority that each source asks for.
fn soonest(found: &Found<'_>, counts: &impl Fn(&Span, bool) -> bool) -> BTreeMap<usize, i16> {
    let mut soonest = BTreeMap::new();
    for (source, priority) in found.holds(counts) {
        let known = soonest.entry(source).or_insert(priority);
        *known = priority.max(*known);
    }
    soonest
}

fn hit(rule_id: Option<Uuid>, detail: String) -> Hit {
    Hit { check: Check::Safety, rule_id, action: Action::Hold, detail }
}

impl Hit {
    /// The languages of the lists that found something in a text; empty where only a rule of the publication's own did, and
    /// none where nothing asks for somebody to look soon.
    #[must_use]
    pub fn languages(hits: &[Self]) -> Option<Vec<String>> {
        let mut found = hits.iter().filter(|hit| hit.check == Check::Safety).peekable();
        found.peek()?;
        Some(found.filter_map(|hit| Some(hit.detail.split_once(' ')?.0.to_owned())).collect())
    }
}

/// The phrases of the publication's own safety rules. A term that is no phrase is taken word by word; one that begins with
/// `not:` says where a phrase means something else.
pub(super) fn own_phrases(rules: &[Rule]) -> Phrases {
    let rules = rules.iter().enumerate().filter(|(_, rule)| rule.kind == RuleKind::Safety);
    let phrases = rules.flat_map(|(source, rule)| {
        rule.terms.iter().filter_map(move |term| {
            let (effect, written) = match term.strip_prefix("not:") {
                Some(written) => (Effect::Not, written),
                None => (Effect::Hold { source, priority: rule.priority }, term.as_str()),
            };
            let phrase = Phrase::parse(written, &BTreeMap::new()).ok().or_else(|| Phrase::plain(written));
            phrase.map(|phrase| (phrase, effect))
        })
    });
    phrases.collect()
}

/// Whether a term of a safety rule can be read as a phrase; else why not.
///
/// # Errors
/// What is wrong with it, for whoever wrote it.
pub fn check_phrase(term: &str) -> Result<(), String> {
    Phrase::parse(term.strip_prefix("not:").unwrap_or(term), &BTreeMap::new()).map(drop)
}
