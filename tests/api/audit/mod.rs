//! The audit, and who reads it.

mod list_audit;
