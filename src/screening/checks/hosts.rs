//! Where links lead.

use super::super::{
    ready::Place,
    types::{Rule, RuleKind},
};
use std::collections::HashMap;
use url::{Host, Url};

/// The hosts that rules name, as they stand in addresses: small, in Punycode, without a dot at the end.
#[derive(Debug, Default)]
pub struct Hosts(HashMap<String, Vec<Place>>);

impl Hosts {
    /// Those of all rules on hosts. What is no host is none.
    pub fn of(rules: &[Rule]) -> Self {
        let mut hosts = HashMap::<String, Vec<Place>>::new();
        for (at, rule) in rules.iter().enumerate().filter(|(_, rule)| rule.kind == RuleKind::Hosts) {
            for (nth, term) in rule.terms.iter().enumerate() {
                let term = term.trim().trim_start_matches("*.").trim_start_matches('.');
                if let Ok(host) = Host::parse(term) {
                    hosts.entry(bare(&host.to_string())).or_default().push((at, nth));
                }
            }
        }
        Self(hosts)
    }

    /// The terms that are the host of an address, or stand above it.
    pub fn find(&self, address: &str) -> Vec<Place> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let Some(host) = Url::parse(address).ok().and_then(|address| Some(bare(address.host_str()?))) else {
            return Vec::new();
        };
        let above = host.match_indices('.').filter_map(|(dot, _)| host.get(dot + 1..));
        std::iter::once(host.as_str()).chain(above).filter_map(|host| self.0.get(host)).flatten().copied().collect()
    }
}

fn bare(host: &str) -> String {
    host.trim_end_matches('.').to_owned()
}
