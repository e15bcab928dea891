//! How the server speaks HTTP: problems, actors, cursors, conditional requests, OpenAPI. Knows no tables.

pub mod actor;
pub mod client;
pub mod cursor;
pub mod idempotency;
pub mod json;
pub mod list;
pub mod openapi;
pub mod permission;
pub mod precondition;
pub mod problem;
pub mod query;
pub mod rate_limit;
pub mod representation;
pub mod request;
