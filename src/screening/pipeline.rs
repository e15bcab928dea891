//! The checks, one after the other. Pure.

use super::{
    checks, fold, safety,
    shown::Shown,
    types::{Action, AuthorKind, Check, Hit, Policy, Rules, SanctionKind, Screened, Standing, Subject, Verdict},
};
use std::borrow::Borrow;

/// What a text gives away by itself, whoever wrote it and wherever.
#[derive(Debug)]
pub struct Findings {
    letters: usize,
    links: usize,
    words: Vec<Hit>,
    hosts: Vec<Hit>,
    personal_data: Option<Hit>,
    shouting: Option<Hit>,
    /// Each with how soon somebody should look.
    safety: Vec<(Hit, i16)>,
}

impl Findings {
    /// Of safe HTML and the plain text of the same. This is most of the work of looking at a text.
    #[must_use]
    pub fn of(html: &str, text: &str, rules: &Rules) -> Self {
        let shown = Shown::of(html, text);
        let folded = fold(&shown.text);
        Self {
            letters: text.chars().filter(|c| c.is_alphabetic()).count(),
            links: shown.links.len(),
            words: checks::words(&folded, rules),
            hosts: checks::hosts(&shown, rules),
            personal_data: checks::personal_data(&shown.text),
            shouting: checks::shouting(&shown.text),
            safety: safety::look(&folded, rules),
        }
    }

    /// Whether nothing was found, not even a link.
    #[must_use]
    pub const fn are_none(&self) -> bool {
        let Self { letters: _, links, words, hosts, personal_data, shouting, safety } = self;
        *links == 0
            && words.is_empty()
            && hosts.is_empty()
            && personal_data.is_none()
            && shouting.is_none()
            && safety.is_empty()
    }
}

/// Looks at a text, as [`judge`] does.
#[must_use]
pub fn screen(subject: &Subject<'_>, standing: &Standing, policy: &Policy, rules: &Rules) -> Screened {
    judge(subject, standing, policy, || Findings::of(subject.html, subject.text, rules))
}

/// What should become of a text. All that is found is named, in the order of the checks; what asks for most decides. What the
/// publication's own people write is never held, and what somebody writes who may not is not even read.
#[must_use]
pub fn judge<F: Borrow<Findings>>(
    subject: &Subject<'_>,
    standing: &Standing,
    policy: &Policy,
    findings: impl FnOnce() -> F,
) -> Screened {
    if standing.kind == AuthorKind::Staff {
        return Screened { verdict: Verdict::Visible, priority: 0, hits: Vec::new() };
    }
    let mut hits: Vec<Hit> = checks::sanction(standing).into_iter().collect();
    if matches!(standing.sanction, Some(SanctionKind::Mute | SanctionKind::Ban)) {
        return Screened { verdict: Verdict::Refused, priority: 0, hits };
    }
    let findings = findings();
    let findings = findings.borrow();
    hits.extend(checks::repeat(subject.seen, findings.letters, policy));
    hits.extend(findings.words.iter().chain(&findings.hosts).cloned());
    hits.extend(checks::links(findings.links, standing, policy));
    hits.extend(findings.personal_data.iter().chain(&findings.shouting).cloned());
    hits.extend(checks::rejections(standing));
    hits.extend(checks::policy(standing, policy));
    if subject.as_is {
        hits.iter_mut().for_each(insist);
    }
    hits.extend(findings.safety.iter().map(|(hit, _)| hit.clone()));
    // Nobody outside is shown what is not kept, or will not be shown anyway.
    if policy.external && !matches!(verdict(&hits), Verdict::Nudge | Verdict::Rejected) {
        hits.push(Hit { check: Check::External, rule_id: None, action: Action::Hold, detail: String::new() });
    }
    let priority = findings.safety.iter().map(|(_, priority)| *priority).max().unwrap_or_default();
    Screened { verdict: verdict(&hits), priority, hits }
}

/// What was pointed out and is to be said all the same: a person decides. Capitals hurt nobody.
fn insist(hit: &mut Hit) {
    match (hit.action, hit.check) {
        (Action::Nudge, Check::Shouting) => hit.action = Action::Note,
        (Action::Nudge, _) => hit.action = Action::Hold,
        _ => {}
    }
}

/// What hits ask for together.
fn verdict(hits: &[Hit]) -> Verdict {
    match hits.iter().map(|hit| hit.action).max() {
        None | Some(Action::Note) => Verdict::Visible,
        Some(Action::Wait) => Verdict::Pending,
        Some(Action::Nudge) => Verdict::Nudge,
        Some(Action::Hold) => Verdict::Held,
        Some(Action::Reject) => Verdict::Rejected,
    }
}
