//! Every limit, in one table. Bursts are what a person, a family or a small office does in a bad hour; rates are what
//! guessing is still hopeless at.

use chrono::TimeDelta;

/// How often something may be done: `burst` times in a row, then once in each `per`. In any span of time it is at most
/// `burst` and as often as `per` fits into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Its name in the `RateLimit` fields; unique.
    pub name: &'static str,
    /// How often in a row, when nothing was done for a while.
    pub burst: u32,
    /// The time after which it is once more.
    pub per: TimeDelta,
}

/// Wrong passwords for one account from one network.
pub const LOG_IN_TO_ACCOUNT: Limit = Limit { name: "log_in_to_account", burst: 10, per: TimeDelta::minutes(1) };

/// Wrong passwords from one network, whatever the accounts: a list of leaked ones is tried here.
pub const LOG_IN: Limit = Limit { name: "log_in", burst: 60, per: TimeDelta::seconds(10) };

/// Wrong passwords for one account from all networks from which it has never logged in. At most 100 in any day (NIST
/// SP 800-63B §5.2.2), however many networks somebody has; the owner still gets in from where the owner has been.
pub const LOG_IN_FROM_ELSEWHERE: Limit =
    Limit { name: "log_in_from_elsewhere", burst: 50, per: TimeDelta::seconds(24 * 60 * 60 / 50) };

/// Sign-ups and requests to reset a password from one network: each sends a mail and costs a password hash.
pub const ACCOUNT_REQUESTS: Limit = Limit { name: "account_requests", burst: 20, per: TimeDelta::minutes(3) };

/// Codes out of mails that are wrong, from one network.
pub const CODES: Limit = Limit { name: "codes", burst: 30, per: TimeDelta::seconds(20) };

/// Addresses that new guests of one network give as their own: each is asked by mail.
pub const GUEST_ADDRESSES: Limit = Limit { name: "guest_addresses", burst: 20, per: TimeDelta::minutes(3) };

/// Reactions that one person gives and takes back.
pub const REACTIONS: Limit = Limit { name: "reactions", burst: 60, per: TimeDelta::seconds(1) };

/// Comments that one person reports.
pub const REPORTS: Limit = Limit { name: "reports", burst: 20, per: TimeDelta::minutes(1) };

/// Previews for one network: each costs a rendering, and nothing is kept of it.
pub const PREVIEWS: Limit = Limit { name: "previews", burst: 30, per: TimeDelta::seconds(2) };

/// Challenges for one network.
pub const CHALLENGES: Limit = Limit { name: "challenges", burst: 60, per: TimeDelta::seconds(10) };

/// Comments of one person: so many in a row, and then so many per minute. None for 0.
#[must_use]
pub fn comments(per_minute: u32) -> Option<Limit> {
    spread("comments", per_minute, TimeDelta::minutes(1))
}

/// Comments from one network.
#[must_use]
pub fn comments_from_network(per_minute: u32) -> Option<Limit> {
    spread("comments_from_network", per_minute, TimeDelta::minutes(1))
}

/// New guests of one network who are let in without having done any work. None for 0.
#[must_use]
pub fn new_guests(per_hour: u32) -> Option<Limit> {
    spread("new_guests", per_hour, TimeDelta::hours(1))
}

fn spread(name: &'static str, burst: u32, window: TimeDelta) -> Option<Limit> {
    let per = window.num_microseconds()?.checked_div(burst.into())?;
    Some(Limit { name, burst, per: TimeDelta::microseconds(per.max(1)) })
}
