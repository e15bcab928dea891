//! How much mail one address gets, so that nobody is flooded through us. The one table of it.

use super::types::Standing;
use chrono::TimeDelta;

/// The time in which mails are counted.
pub const DAY: TimeDelta = TimeDelta::hours(24);

/// Mails of all kinds that an address gets in a [`DAY`]. More than all that strangers can cause, so that nobody keeps a
/// warning from its owner by filling the mailbox before.
const PER_ADDRESS: i64 = 20;

/// The kind that goes to addresses which nobody has shown to be theirs.
pub const UNPROVEN: &str = "guest";

/// How long nothing is sent to an address that a mail server has refused.
pub const BOUNCED_FOR: TimeDelta = TimeDelta::days(30);

/// What holds for mails of one kind.
#[derive(Debug, Clone, Copy)]
pub struct Cap {
    kind: &'static str,
    /// How many of them an address gets in a [`DAY`].
    per_day: i64,
    /// The shortest time between two of them.
    pub apart: TimeDelta,
    /// Whether it is counted beside all others: neither kept back by them nor keeping them back.
    beside: bool,
    /// Whether somebody waits for it at this moment. It is tried also where the last one was refused: the mailbox may
    /// have been mended since.
    awaited: bool,
}

/// Kinds that differ from [`USUAL`]: those that somebody can cause who does not own the address.
#[rustfmt::skip]
const CAPS: &[Cap] = &[
    Cap { kind: "sign_up",      per_day: 5, apart: TimeDelta::zero(),   beside: false, awaited: true },
    Cap { kind: "reset",        per_day: 5, apart: TimeDelta::zero(),   beside: false, awaited: true },
    Cap { kind: "email_change", per_day: 5, apart: TimeDelta::zero(),   beside: false, awaited: true },
    // Somebody may need help at this moment. Only who is on call gets them, so no stranger is annoyed.
    Cap { kind: "alert",        per_day: 100, apart: TimeDelta::zero(), beside: true, awaited: true },
    // Only staff causes them, and each comment only one of a kind.
    Cap { kind: "answer",       per_day: 10, apart: TimeDelta::zero(),  beside: true, awaited: false },
    Cap { kind: "approval",     per_day: 10, apart: TimeDelta::zero(),  beside: true, awaited: false },
    // Only who is in a private thread gets them, and no second one before having read what the first was about.
    Cap { kind: "private",      per_day: 20, apart: TimeDelta::zero(),  beside: true, awaited: false },
    // Anybody can give any address as the own, so this is the kind to annoy a stranger with.
    Cap { kind: UNPROVEN,       per_day: 3, apart: TimeDelta::hours(1), beside: false, awaited: false },
];

/// Every other kind.
const USUAL: Cap = Cap { kind: "other", per_day: 5, apart: TimeDelta::zero(), beside: false, awaited: false };

impl Cap {
    /// What holds for a kind.
    pub fn of(kind: &str) -> Self {
        CAPS.iter().copied().find(|cap| cap.kind == kind).unwrap_or(USUAL)
    }

    /// The kinds that are counted beside all others.
    pub fn counted_beside() -> Vec<&'static str> {
        CAPS.iter().filter(|cap| cap.beside).map(|cap| cap.kind).collect()
    }

    /// Whether an address that stands so gets another one.
    pub const fn allows(self, standing: Standing) -> bool {
        (self.beside || standing.today < PER_ADDRESS)
            && standing.today_of_kind < self.per_day
            && standing.just_now == 0
            && (self.awaited || !standing.bounced)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cap_refuses_by_itself() {
        let fine = Standing { today: 19, today_of_kind: 2, just_now: 0, bounced: false };
        assert!(Cap::of("guest").allows(fine));
        assert!(!Cap::of("guest").allows(Standing { today: 20, ..fine }));
        assert!(!Cap::of("guest").allows(Standing { today_of_kind: 3, ..fine }));
        assert!(!Cap::of("guest").allows(Standing { just_now: 1, ..fine }));
        assert!(!Cap::of("guest").allows(Standing { bounced: true, ..fine }));
        assert!(Cap::of("reset").allows(Standing { bounced: true, ..fine }));
        assert!(!Cap::of("anything").allows(Standing { bounced: true, ..fine }));
    }

    #[test]
    fn strangers_cannot_use_up_the_share_of_an_address() {
        let by_strangers: i64 = CAPS.iter().filter(|cap| !cap.beside).map(|cap| cap.per_day).sum();
        assert!(by_strangers < PER_ADDRESS);
    }
}
