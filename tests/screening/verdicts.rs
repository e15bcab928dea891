//! Each row of `verdicts.jsonl` has the verdict and the hits that it says.

use colloquy::{
    screening::{
        Action, AuthorKind, Mode, Policy, Rule, RuleKind, Rules, SanctionKind, Screened, Standing, Subject, Verdict,
        screen,
    },
    text,
};
use serde::Deserialize;
use uuid::Uuid;

const ROWS: &str = include_str!("verdicts.jsonl");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    text: String,
    #[serde(default)]
    writer: Writer,
    #[serde(default)]
    approved: u32,
    #[serde(default)]
    rejected: u32,
    sanction: Option<SanctionKind>,
    #[serde(default)]
    seen: u32,
    #[serde(default)]
    mode: Mode,
    #[serde(default = "two")]
    links_over: u32,
    #[serde(default)]
    rules: Vec<RowRule>,
    #[serde(default)]
    as_is: bool,
    verdict: Verdict,
    hits: Vec<String>,
    why: String,
}

#[derive(Deserialize)]
struct RowRule {
    kind: RuleKind,
    action: Action,
    terms: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "snake_case")]
enum Writer {
    Guest,
    #[default]
    Member,
    Coach,
}

const fn two() -> u32 {
    2
}

impl Row {
    fn screened(&self) -> Screened {
        let rendered = text::comment(&self.text);
        let subject = Subject { html: &rendered.html, text: &rendered.text, seen: self.seen, as_is: self.as_is };
        let standing = Standing {
            kind: match self.writer {
                Writer::Guest => AuthorKind::Guest,
                Writer::Member => AuthorKind::Member,
                Writer::Coach => AuthorKind::Staff,
            },
            approved: self.approved,
            approved_lately: self.approved,
            rejected_lately: self.rejected,
            sanction: self.sanction,
        };
        let policy =
            Policy { mode: self.mode, links_over: self.links_over, known_after: 3, repeats: 3, external: false };
        let rules = self.rules.iter().map(|rule| Rule {
            id: Uuid::nil(),
            kind: rule.kind,
            action: rule.action,
            priority: 0,
            terms: rule.terms.clone(),
        });
        screen(&subject, &standing, &policy, &Rules::ready(rules.collect()))
    }
}

#[test]
fn every_row_has_its_verdict_and_its_hits() {
    let (mut rows, mut wrong) = (0, Vec::new());
    for (line, row) in (1..).zip(ROWS.lines()) {
        let row: Row = serde_json::from_str(row).unwrap_or_else(|error| panic!("row {line}: {error}"));
        let screened = row.screened();
        // Two rules of one kind are two hits of one check.
        let mut hits: Vec<&str> = screened.hits.iter().map(|hit| hit.check.as_str()).collect();
        hits.dedup();
        if screened.verdict != row.verdict || hits != row.hits {
            wrong.push(format!(
                "{line}: {:?} {hits:?}, not {:?} {:?}: {}\n   {}",
                screened.verdict, row.verdict, row.hits, row.why, row.text
            ));
        }
        rows += 1;
    }
    assert!(wrong.is_empty(), "{} of {rows} rows:\n{}", wrong.len(), wrong.join("\n"));
    assert!(rows >= 478, "only {rows} rows");
}
