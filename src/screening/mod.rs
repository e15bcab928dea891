//! What a text passes before it is shown: the checks, the rules they go by, and what somebody may not do for a while.
//!
//! Knows no comment: it is given a text and what is known of who wrote it, and says what should become of it, and why.

mod actions;
mod checks;
mod external;
mod fold;
mod handlers;
mod in_force;
mod pipeline;
mod queries;
mod ready;
mod repeats;
mod rules;
mod safety;
mod shown;
mod terms;
mod types;

pub use actions::{
    Person, Sanction, acknowledge, count_stale_support, forbid, forget_causes, forget_sanctions_on,
    forget_sanctions_on_address, hand_over_sanctions, lay, lift, lift_all, list_sanctions, list_sanctions_of,
    list_sanctions_on, redact, refusal, see_sanction, severest, support, sweep,
};
pub use checks::PersonalData;
pub use external::{External, Failure, Opinion, Question};
pub use fold::{Folded, fold};
pub use handlers::routes;
pub use in_force::InForce;
pub use pipeline::{Findings, judge, screen};
pub use repeats::{Heard, Print, Repeats};
pub use rules::check_rule;
pub use safety::{Part, WEIGHTS, WORDS, Watch, parts_of};
pub use terms::{Term, Terms};
pub use types::{
    Action, AuthorKind, Check, CheckedRule, Exceptions, Hit, LaidSanction, Mode, NewRule, OwnSanction, Policy, Reason,
    Rule, RuleKind, Rules, SanctionFilter, SanctionKind, SanctionRow, SanctionSubject, Screened, Standing, Subject,
    SubjectKind, SupportResource, Verdict, WantedSanction,
};
