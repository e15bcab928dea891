//! Every rule is shown bad sources, each of which it must catch, and good ones that look like them, which it must
//! leave alone. One plant a line: the path of a file, then what stands in it.
use super::source::{Breach, Source};

mod doors;
mod places;
mod proofs;

type Rule = fn(&Source) -> Vec<Breach>;

fn catches(rule: Rule, plants: &str) {
    for source in planted(plants) {
        let missed = rule(&source).is_empty();
        assert!(!missed, "not caught in {}: {}", source.path, source.text);
    }
}

fn spares(rule: Rule, plants: &str) {
    for source in planted(plants) {
        let wrong = listed(&rule(&source));
        assert!(wrong.is_empty(), "wrongly caught: {wrong:?} in {}", source.text);
    }
}

fn planted(plants: &str) -> Vec<Source> {
    let lines = plants.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| line.split_once(' ').unwrap_or((line, "")))
        .map(|(path, text)| Source::new(path, text.trim()))
        .collect()
}

fn listed(breaches: &[Breach]) -> Vec<String> {
    breaches.iter().map(ToString::to_string).collect()
}
