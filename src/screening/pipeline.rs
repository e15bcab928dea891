//! The checks, one after the other. Pure.

use super::types::{Action, AuthorKind, Check, Hit, Mode, Policy, Rules, Screened, Standing, Subject, Verdict};

/// Looks at a text. What the publication's own people write is never held.
#[must_use]
pub fn screen(_subject: &Subject<'_>, standing: &Standing, policy: &Policy, _rules: &Rules) -> Screened {
    if standing.kind == AuthorKind::Staff {
        return Screened { verdict: Verdict::Visible, priority: 0, hits: Vec::new() };
    }
    let waits = match policy.mode {
        Mode::Open => false,
        Mode::First => standing.approved == 0,
        Mode::Guests => standing.kind == AuthorKind::Guest,
        Mode::All => true,
    };
    let hit = Hit { check: Check::Policy, rule_id: None, action: Action::Wait, detail: String::new() };
    let hits = if waits { vec![hit] } else { Vec::new() };
    let verdict = if waits { Verdict::Pending } else { Verdict::Visible };
    Screened { verdict, priority: 0, hits }
}
