//! Keys of threads, as they are kept.

use diesel::{
    prelude::*,
    sql_types::{BigInt, Binary, Text, Uuid as SqlUuid},
};
use uuid::Uuid;

/// The key of a thread as it is kept.
#[derive(Debug, QueryableByName)]
pub struct KeptKey {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Binary)]
    pub key_sealed: Vec<u8>,
}

/// A key of the settings, and how many threads need it.
#[derive(Debug, QueryableByName)]
pub struct KeyName {
    /// What it is called.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Threads whose keys are sealed under it.
    #[diesel(sql_type = BigInt)]
    pub threads: i64,
}
