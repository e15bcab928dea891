//! The audit: who did what that a security review would ask about, written in the transaction in which it was done.
//!
//! It holds ids, never a name, an address or text. Nobody changes or takes back what stands there: the server's role
//! may not, and the table itself refuses.

mod handlers;
mod queries;
mod record;
mod types;

pub use handlers::routes;
pub use record::{Entry, forget_networks_of, list_about, record, sweep};
pub use types::Note;
