//! The checks, one after the other. Pure.

use super::{
    checks, fold, safety,
    shown::Shown,
    types::{Action, AuthorKind, Check, Hit, Policy, Rules, SanctionKind, Screened, Standing, Subject, Verdict},
};

/// Looks at a text. All that is found is named, in the order of the checks; what asks for most decides. What the
/// publication's own people write is never held, and what somebody writes who may not is not even read.
#[must_use]
pub fn screen(subject: &Subject<'_>, standing: &Standing, policy: &Policy, rules: &Rules) -> Screened {
    if standing.kind == AuthorKind::Staff {
        return Screened { verdict: Verdict::Visible, priority: 0, hits: Vec::new() };
    }
    let mut hits: Vec<Hit> = checks::sanction(standing).into_iter().collect();
    if matches!(standing.sanction, Some(SanctionKind::Mute | SanctionKind::Ban)) {
        return Screened { verdict: Verdict::Refused, priority: 0, hits };
    }
    let shown = Shown::of(subject.html, subject.text);
    let folded = fold(&shown.text);
    hits.extend(checks::repeat(subject, policy));
    hits.extend(checks::words(&folded, rules));
    hits.extend(checks::hosts(&shown, rules));
    hits.extend(checks::links(&shown, standing, policy));
    hits.extend(checks::personal_data(&shown.text));
    hits.extend(checks::shouting(&shown.text));
    hits.extend(checks::rejections(standing));
    hits.extend(checks::policy(standing, policy));
    if subject.as_is {
        hits.iter_mut().for_each(insist);
    }
    let (found, priorities): (Vec<Hit>, Vec<i16>) = safety::look(&folded, rules).into_iter().unzip();
    hits.extend(found);
    // Nobody outside is shown what is not kept, or will not be shown anyway.
    if policy.external && !matches!(verdict(&hits), Verdict::Nudge | Verdict::Rejected) {
        hits.push(Hit { check: Check::External, rule_id: None, action: Action::Hold, detail: String::new() });
    }
    let priority = priorities.into_iter().max().unwrap_or_default();
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
