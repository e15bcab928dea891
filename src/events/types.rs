//! An event, as rooms append it and as it is stored.

use crate::db::schema::{event_readers, events, idempotency_keys};
use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use serde_json::Value;
use uuid::Uuid;

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Event {
    /// What: `comment.posted`.
    pub kind: &'static str,
    /// What the order is kept for: the article of a thread, an article, an account.
    pub stream: Uuid,
    /// Its place in the stream, taken under the lock of the stream's row.
    pub version: i64,
    /// What it changes for those who look: `thread:<id>`.
    pub tags: Vec<String>,
    /// Ids, never text that anybody wrote.
    pub data: Value,
    /// Who did it, when it was an account.
    pub actor_id: Option<Uuid>,
}

/// The row of an event that has no number yet.
#[derive(Debug)]
pub struct NewEvent {
    pub id: Uuid,
    pub kind: &'static str,
    pub stream: Uuid,
    pub stream_version: i64,
    /// Separated by blanks.
    pub tags: String,
    pub data: Value,
    pub actor_id: Option<Uuid>,
    pub at: DateTime<Utc>,
}

/// A numbered event, as far as other nodes need it to drop what they show.
#[derive(Debug, Queryable)]
pub struct Numbered {
    pub id: Uuid,
    pub number: i64,
    /// Separated by blanks.
    pub tags: String,
}

/// A numbered event, for whoever makes something of it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = events, check_for_backend(Pg))]
pub struct Happened {
    /// Its place among all events.
    #[diesel(select_expression = events::number.assume_not_null())]
    pub number: i64,
    /// What: `comment.posted`.
    pub kind: String,
    /// Ids of what it is about.
    pub data: Value,
    /// Who did it, when it was an account.
    pub actor_id: Option<Uuid>,
    /// When.
    pub at: DateTime<Utc>,
}

/// How far somebody who reads the events has come.
#[derive(Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = event_readers, check_for_backend(Pg))]
pub struct Place {
    pub name: String,
    pub number: i64,
}

/// An answer that was given to an idempotency key.
#[derive(Debug, Insertable, QueryableByName)]
#[diesel(table_name = idempotency_keys, check_for_backend(Pg))]
pub struct KeptAnswer {
    pub scope: String,
    pub key: String,
    pub operation: String,
    pub body_hash: Vec<u8>,
    pub answer: Value,
    pub created_at: DateTime<Utc>,
}
