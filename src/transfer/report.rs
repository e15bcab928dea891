//! What came of an import, for whoever asked for it.

use super::wordpress::{Broken, Flaw, Warning};
use std::{collections::BTreeMap, fmt};

/// Places that are named; more are only counted.
const MAX_PLACES: usize = 50;

/// Different things that are named; more are counted together.
const MAX_NAMES: usize = 60;

/// What came of an import.
#[derive(Debug, Default)]
pub struct Report {
    /// What was taken and left, of all that is (or, on a trial, would be) written.
    pub tally: Tally,
    /// Posts and pages that could not be taken, by their number in the file, and why.
    pub refused: Vec<(String, String)>,
    /// Where the file broke off.
    pub broken: Option<Broken>,
    /// Whether the database was left as it was.
    pub undone: bool,
    flaws: Vec<Warning>,
    more_flaws: u64,
}

/// How much was taken, changed and left.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Tally {
    /// New articles.
    pub articles_created: u64,
    /// Articles that an earlier import brought and that are different now.
    pub articles_changed: u64,
    /// Articles that an earlier import brought and that are the same.
    pub articles_unchanged: u64,
    /// Those of the new articles that nobody can read yet.
    pub drafts: u64,
    /// New comments that everybody sees.
    pub comments_visible: u64,
    /// New comments that wait for a moderator.
    pub comments_pending: u64,
    /// New comments that are kept as refused.
    pub comments_spam: u64,
    /// Comments that an earlier import brought.
    pub comments_known: u64,
    /// New accounts.
    pub authors_created: u64,
    /// Authors who have an account, from here or from an earlier import.
    pub authors_found: u64,
    /// What was left out, by its name.
    pub left_out: BTreeMap<String, u64>,
    /// What is not as it was, by its name.
    pub changed: BTreeMap<String, u64>,
}

impl Tally {
    /// Articles that are here now.
    #[must_use]
    pub fn articles(&self) -> u64 {
        self.articles_created + self.articles_changed + self.articles_unchanged
    }

    /// Comments that came.
    #[must_use]
    pub fn new_comments(&self) -> u64 {
        self.comments_visible + self.comments_pending + self.comments_spam
    }

    pub(super) fn leave(&mut self, what: impl Into<String>) {
        count(&mut self.left_out, what.into(), 1);
    }

    pub(super) fn change(&mut self, what: impl Into<String>, times: u64) {
        if times > 0 {
            count(&mut self.changed, what.into(), times);
        }
    }

    pub(super) fn add(&mut self, more: Self) {
        self.articles_created += more.articles_created;
        self.articles_changed += more.articles_changed;
        self.articles_unchanged += more.articles_unchanged;
        self.drafts += more.drafts;
        self.comments_visible += more.comments_visible;
        self.comments_pending += more.comments_pending;
        self.comments_spam += more.comments_spam;
        self.comments_known += more.comments_known;
        self.authors_created += more.authors_created;
        self.authors_found += more.authors_found;
        more.left_out.into_iter().for_each(|(what, times)| count(&mut self.left_out, what, times));
        more.changed.into_iter().for_each(|(what, times)| count(&mut self.changed, what, times));
    }
}

fn count(names: &mut BTreeMap<String, u64>, what: String, times: u64) {
    let full = names.len() >= MAX_NAMES && !names.contains_key(&what);
    *names.entry(if full { "other".to_owned() } else { what }).or_default() += times;
}

impl Report {
    /// Whether all of the file was read and taken.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.broken.is_none() && self.refused.is_empty()
    }

    pub(super) fn warn(&mut self, warning: Warning) {
        if self.flaws.len() < MAX_PLACES {
            self.flaws.push(warning);
        } else {
            self.more_flaws += 1;
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let t = &self.tally;
        let comments = t.new_comments() + t.comments_known;
        let authors = t.authors_created + t.authors_found;
        let all = [some(t.articles(), "article"), some(comments, "comment"), some(authors, "author")];
        writeln!(f, "{}", all.join(", "))?;
        let (created, changed, unchanged) = (t.articles_created, t.articles_changed, t.articles_unchanged);
        let drafts = if t.drafts > 0 { format!(" ({} not public)", t.drafts) } else { String::new() };
        writeln!(f, "  articles  {created} new{drafts}, {changed} changed, {unchanged} as they were")?;
        let (visible, pending, spam) = (t.comments_visible, t.comments_pending, t.comments_spam);
        let new = t.new_comments();
        let states = format!("{visible} visible, {pending} waiting for a moderator, {spam} refused as spam");
        writeln!(f, "  comments  {new} new ({states}), {} as they were", t.comments_known)?;
        writeln!(f, "  authors   {} new, {} with an account already", t.authors_created, t.authors_found)?;
        for (heading, names) in [("left out", &t.left_out), ("changed ", &t.changed)] {
            for (what, times) in names {
                writeln!(f, "  {heading}  {what}: {times}")?;
            }
        }
        for flaw in &self.flaws {
            let Warning { line, field, count, .. } = flaw;
            writeln!(f, "  line {line}  <{field}>: {} ({count})", meaning(flaw.flaw))?;
        }
        if self.more_flaws > 0 {
            writeln!(f, "  and {} more places like these", self.more_flaws)?;
        }
        for (item, why) in &self.refused {
            writeln!(f, "  not taken  post {item}: {why}")?;
        }
        match &self.broken {
            Some(broken) => writeln!(f, "The file cannot be read to its end: {broken}"),
            None => Ok(()),
        }
    }
}

fn some(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

const fn meaning(flaw: Flaw) -> &'static str {
    match flaw {
        Flaw::ControlCharacters => "characters that no text may hold, left out",
        Flaw::StrayReferences => "references to nothing, kept as text",
        Flaw::UnreadableDate => "no date, so it has none",
        Flaw::LateField => "stands behind the comments, left out",
        Flaw::NoIdentifier => "a comment without a number, left out",
    }
}
