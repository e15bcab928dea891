//! The parts of an article and the ids by which comments and links point at them.

use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::Hash;
use std::iter;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::slug::{SLUG_MAX, slug_or};

/// The id of what stands before the first heading.
pub(super) const LEAD: &str = "lead";

/// What a part of an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// What stands before the first heading.
    Lead,
    /// A part whose heading counts: `Step 3: …`, `3. …`, `3) …`.
    Step,
    /// Any other part with a heading.
    Section,
}

impl SectionKind {
    pub(super) fn of(heading: &str) -> Self {
        if counted(heading).is_some() { Self::Step } else { Self::Section }
    }
}

/// The id and the heading that a section had when it was last saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionKey {
    /// The section's id.
    pub id: String,
    /// Its heading as plain text.
    pub heading: String,
}

/// The id of each section, given its heading's text in order, and the sections of the version before in theirs.
///
/// A section keeps its id while its heading says the same, wherever it moves and however its step is numbered; and when its
/// heading is reworded, if its place tells that it is the same one: as many reworded headings as there were, next to one
/// that is known. Any other gets the slug of its heading, numbered from `-2` where that is taken, or was: what points at a
/// section that is gone must not come to point at another. All ids differ, and none is `lead`. Takes linear time.
#[must_use]
pub fn section_ids(headings: &[&str], previous: &[SectionKey]) -> Vec<String> {
    let mut seen = HashSet::new();
    let previous = previous.iter().filter(|key| key.id != LEAD && seen.insert(key.id.as_str())).collect::<Vec<_>>();

    let mut pairs = Pairs { of_new: vec![None; headings.len()], taken: vec![false; previous.len()] };
    let same = |heading: &str| heading.split_whitespace().collect::<Vec<_>>().join(" ");
    pairs.add_equal(headings.iter().map(|h| same(h)), previous.iter().map(|key| same(&key.heading)));
    pairs.add_equal(headings.iter().map(|h| essence(h)), previous.iter().map(|key| essence(&key.heading)));
    pairs.add_reworded();

    let mut taken = previous.iter().map(|key| key.id.clone()).collect::<HashSet<_>>();
    let mut numbers = HashMap::new();
    let ids = headings.iter().zip(&pairs.of_new).map(|(heading, old)| match old.and_then(|j| previous.get(j)) {
        Some(key) => key.id.clone(),
        None => new_id(heading, &mut taken, &mut numbers),
    });
    ids.collect()
}

fn new_id(heading: &str, taken: &mut HashSet<String>, numbers: &mut HashMap<String, usize>) -> String {
    let mut base = slug_or(heading, "section", SLUG_MAX - 8);
    // These are where footnotes stand in the same page.
    if base.starts_with("fn-") || base.starts_with("fnref-") {
        base.insert_str(0, "on-");
    }
    let number = numbers.entry(base.clone()).or_insert(1);
    loop {
        let id = if *number == 1 { base.clone() } else { format!("{base}-{number}") };
        *number += 1;
        if id != LEAD && taken.insert(id.clone()) {
            return id;
        }
    }
}

/// Which heading of the new version is which of the old. New ones are counted by `i`, old ones by `j`.
struct Pairs {
    of_new: Vec<Option<usize>>,
    /// For each old one, whether it has a partner.
    taken: Vec<bool>,
}

impl Pairs {
    fn add(&mut self, i: usize, j: usize) {
        if let (Some(old), Some(taken)) = (self.of_new.get_mut(i), self.taken.get_mut(j)) {
            *old = Some(j);
            *taken = true;
        }
    }

    fn partner(&self, i: usize) -> Option<usize> {
        self.of_new.get(i).copied().flatten()
    }

    fn is_free_new(&self, i: usize) -> bool {
        self.of_new.get(i) == Some(&None)
    }

    fn is_free_old(&self, j: usize) -> bool {
        self.taken.get(j) == Some(&false)
    }

    /// Pairs headings with equal keys: first those that occur once in both, then their equal neighbours, then what is left
    /// in order (after Heckel, "A technique for isolating differences between files", 1978, which knows moves).
    fn add_equal<K: Eq + Hash>(&mut self, new: impl Iterator<Item = K>, old: impl Iterator<Item = K>) {
        let (new, old) = (new.collect::<Vec<_>>(), old.collect::<Vec<_>>());
        let mut places = HashMap::<&K, (Vec<usize>, VecDeque<usize>)>::new();
        for (i, key) in new.iter().enumerate().filter(|(i, _)| self.is_free_new(*i)) {
            places.entry(key).or_default().0.push(i);
        }
        for (j, key) in old.iter().enumerate().filter(|(j, _)| self.is_free_old(*j)) {
            places.entry(key).or_default().1.push_back(j);
        }
        for (new, old) in places.values_mut() {
            if let (&[i], &[j]) = (&new[..], &*old.make_contiguous()) {
                self.add(i, j);
            }
        }

        // The two beginnings count as equal neighbours, and so do the two ends.
        for i in 0..new.len() {
            let behind = if i == 0 { Some(0) } else { self.partner(i - 1).map(|j| j + 1) };
            self.add_if_equal(i, behind, &new, &old);
        }
        for i in (0..new.len()).rev() {
            let behind = if i + 1 == new.len() { Some(old.len()) } else { self.partner(i + 1) };
            self.add_if_equal(i, behind.and_then(|j| j.checked_sub(1)), &new, &old);
        }

        for (i, key) in new.iter().enumerate() {
            let left = places.get_mut(key).map(|(_, old)| old).filter(|_| self.is_free_new(i));
            if let Some(j) = left.and_then(|old| iter::from_fn(|| old.pop_front()).find(|j| self.is_free_old(*j))) {
                self.add(i, j);
            }
        }
    }

    fn add_if_equal<K: Eq>(&mut self, i: usize, j: Option<usize>, new: &[K], old: &[K]) {
        if let Some(j) = j.filter(|j| self.is_free_new(i) && self.is_free_old(*j) && new.get(i) == old.get(*j)) {
            self.add(i, j);
        }
    }

    /// Pairs runs of headings that have no partner with runs as long in the old version, behind or before the same
    /// neighbour.
    fn add_reworded(&mut self) {
        let (news, olds) = (self.of_new.len(), self.taken.len());
        let mut end = 0;
        while let Some(start) = (end..news).find(|i| self.is_free_new(*i)) {
            end = (start..news).find(|i| !self.is_free_new(*i)).unwrap_or(news);
            let length = end - start;

            let behind = if start == 0 { 0 } else { self.partner(start - 1).map_or(olds, |j| j + 1) };
            let run_behind = (behind..olds).take_while(|j| self.is_free_old(*j)).take(length + 1).count();
            let before = if end == news { olds } else { self.partner(end).unwrap_or(0) };
            let run_before = (0..before).rev().take_while(|j| self.is_free_old(*j)).take(length + 1).count();

            let first = if run_behind == length {
                behind
            } else if run_before == length {
                before - length
            } else {
                continue;
            };
            for offset in 0..length {
                self.add(start + offset, first + offset);
            }
        }
    }
}

/// What a heading says apart from its number, case and punctuation.
fn essence(heading: &str) -> String {
    let words = |text: &str| {
        let lower = text.to_lowercase();
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    };
    counted(heading).map(words).filter(|rest| !rest.is_empty()).unwrap_or_else(|| words(heading))
}

/// What follows the number in a heading that counts, if it does: `Step 3: Talk`, `3. Talk` and `3) Talk` all give `Talk`.
/// Years and versions (`2024. …`, `3.5 …`) do not count.
fn counted(heading: &str) -> Option<&str> {
    let heading = heading.trim();
    let step = heading.split_at_checked(4).filter(|(step, _)| step.eq_ignore_ascii_case("step"));
    let step = step.map(|(_, rest)| rest).filter(|rest| rest.starts_with(char::is_whitespace));
    let number = step.unwrap_or(heading).trim_start();
    let rest = number.trim_start_matches(|c: char| c.is_ascii_digit());
    if !(1..=3).contains(&(number.len() - rest.len())) {
        return None;
    }
    let behind = rest.trim_start_matches(|c: char| ":.)-–—".contains(c) || step.is_some() && c.is_whitespace());
    let ends = behind.is_empty() || behind.starts_with(char::is_whitespace);
    let fits = if step.is_some() {
        rest.is_empty() || behind.len() < rest.len()
    } else {
        rest.starts_with(['.', ')']) && ends
    };
    fits.then(|| behind.trim_start())
}
