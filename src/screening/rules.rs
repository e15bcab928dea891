//! Pure decisions.

mod support;
mod written;

pub use support::{MAX_RESOURCES, asked, check_support, kept, stale_before, too_many};
pub use written::{MAX_RULES, check_rule, too_many_rules};
