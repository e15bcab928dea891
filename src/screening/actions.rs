//! What handlers and other rooms may ask for. What changes something runs in the caller's transaction.

mod redact;
mod rules;
mod sanctions;
mod support;

pub use redact::redact;
pub use rules::{create_rule, delete_rule, edit_rule};
pub use sanctions::{
    Person, Sanction, acknowledge, forbid, forget_causes, forget_sanctions_on, forget_sanctions_on_address,
    hand_over_sanctions, lay, lift, lift_all, list_sanctions, list_sanctions_of, list_sanctions_on, refusal,
    see_sanction, severest, sweep,
};
pub use support::{
    SUPPORT_TAG, count_stale_support, create_support, delete_support, list_kept_support, list_support, replace_support,
    support,
};
