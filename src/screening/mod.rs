//! What a text passes before it is shown: the checks, the rules they go by, and what somebody may not do for a while.
//!
//! Knows no comment: it is given a text and what is known of who wrote it, and says what should become of it, and why.

mod in_force;
mod pipeline;
mod sanctions;
mod types;

pub use in_force::InForce;
pub use pipeline::screen;
pub use sanctions::{Person, Sanction, refusal, severest};
pub use types::{
    Action, AuthorKind, Check, Hit, Mode, Policy, Rule, RuleKind, Rules, SanctionKind, Screened, Standing, Subject,
    Verdict,
};
