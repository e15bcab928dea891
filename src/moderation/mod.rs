//! What waits for a moderator, who works on it, and the verdicts; what readers report, and what somebody may not do for a
//! while. Acts through `comments`, `screening` and `accounts`.

mod actions;
mod alarm;
mod alerts;
mod external;
mod handlers;
mod letters;
mod on_call;
mod queries;
mod rules;
mod trials;
mod types;

pub use alarm::Alarm;
pub use external::Asker;
pub use handlers::routes;
pub use on_call::forget_on_call;
pub use trials::Trials;
