//! Rules, made ready to look with: once, whenever one changes.

use super::{
    checks::Hosts,
    safety::{Watch, own_phrases},
    terms::{Term, Terms},
    types::{Rule, RuleKind, Rules},
};

/// Which rule something belongs to, and which of its terms it is.
pub(super) type Place = (usize, usize);

impl Rules {
    /// Makes rules ready.
    #[must_use]
    pub fn ready(rules: Vec<Rule>) -> Self {
        let terms = |kind: RuleKind| {
            let rules = rules.iter().enumerate().filter(move |(_, rule)| rule.kind == kind);
            let places =
                rules.flat_map(|(at, rule)| rule.terms.iter().enumerate().map(move |(nth, term)| (at, nth, term)));
            places.filter_map(|(at, nth, term)| Some((Term::new(term)?, (at, nth)))).collect::<Terms<Place>>()
        };
        Self {
            hosts: Hosts::of(&rules),
            words: terms(RuleKind::Words),
            safety: own_phrases(&rules),
            written: rules,
            watch: Watch::default(),
        }
    }

    /// The rules that some places belong to, each once, with its terms at those places.
    pub(super) fn at(&self, mut places: Vec<Place>) -> Vec<(&Rule, Vec<&str>)> {
        places.sort_unstable();
        places.dedup();
        let of_one = places.chunk_by(|one, other| one.0 == other.0);
        let found = of_one.filter_map(|of_one| {
            let rule = self.written.get(of_one.first()?.0)?;
            let terms = of_one.iter().filter_map(|(_, nth)| rule.terms.get(*nth).map(String::as_str));
            Some((rule, terms.collect()))
        });
        found.collect()
    }
}
