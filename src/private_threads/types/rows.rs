//! Rows.

use super::{Part, ThreadState, Who};
use crate::db::schema::{private_coaches, private_drafts, private_messages, private_threads};
use chrono::{DateTime, Utc};
use diesel::{
    pg::Pg,
    prelude::*,
    sql_types::{BigInt, Uuid as SqlUuid},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A thread.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = private_threads, check_for_backend(Pg))]
pub struct ThreadRow {
    pub id: Uuid,
    pub article_id: Option<Uuid>,
    pub comment_id: Option<Uuid>,
    pub reader_account_id: Option<Uuid>,
    pub reader_guest_id: Option<Uuid>,
    #[diesel(deserialize_as = String)]
    pub state: ThreadState,
    pub key_sealed: Vec<u8>,
    pub title_sealed: Option<Vec<u8>>,
    pub waiting_since: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub opened_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
    pub last_at: DateTime<Utc>,
    pub last_no: i64,
    pub reader_read_no: i64,
    pub reader_told_no: i64,
    pub reader_agrees: bool,
    pub coaches_agree: bool,
    pub reader_left_at: Option<DateTime<Utc>>,
}

impl ThreadRow {
    /// The account or the guest whose thread it is.
    pub fn reader_id(&self) -> Uuid {
        self.reader_account_id.or(self.reader_guest_id).unwrap_or_default()
    }

    /// What somebody who is in it is there.
    pub fn part_of(&self, who: Who) -> Part {
        if self.reader_id() == who.id() { Part::Reader } else { Part::Coach }
    }

    /// Where it stands in the list of somebody's threads.
    pub const fn spot(&self) -> Spot {
        Spot { at: self.last_at, id: self.id }
    }
}

/// Where a thread stands among others, by a time.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Spot {
    pub at: DateTime<Utc>,
    pub id: Uuid,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = private_threads, check_for_backend(Pg))]
pub struct NewThread {
    pub id: Uuid,
    pub article_id: Option<Uuid>,
    pub comment_id: Option<Uuid>,
    pub reader_account_id: Option<Uuid>,
    pub reader_guest_id: Option<Uuid>,
    pub state: &'static str,
    pub key_sealed: Vec<u8>,
    pub title_sealed: Option<Vec<u8>>,
    pub invited_by: Option<Uuid>,
    pub asked_coach_id: Option<Uuid>,
    pub waiting_since: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub opened_at: Option<DateTime<Utc>>,
    pub last_at: DateTime<Utc>,
}

/// A coach in a thread.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = private_coaches, check_for_backend(Pg))]
pub struct CoachRow {
    pub thread_id: Uuid,
    pub account_id: Uuid,
    pub admitted_at: DateTime<Utc>,
    pub read_no: i64,
    pub told_no: i64,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = private_coaches, check_for_backend(Pg))]
pub struct NewCoach {
    pub thread_id: Uuid,
    pub account_id: Uuid,
    pub admitted_by: Uuid,
    pub admitted_at: DateTime<Utc>,
}

/// A message.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = private_messages, check_for_backend(Pg))]
pub struct MessageRow {
    pub id: Uuid,
    pub thread_id: Uuid,
    pub no: i64,
    pub by_reader: bool,
    pub coach_id: Option<Uuid>,
    pub body_sealed: Option<Vec<u8>>,
    pub revision: i64,
    pub created_at: DateTime<Utc>,
    pub edited_at: Option<DateTime<Utc>>,
    pub deleted_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = private_messages, check_for_backend(Pg))]
pub struct NewMessage {
    pub id: Uuid,
    pub thread_id: Uuid,
    pub no: i64,
    pub by_reader: bool,
    pub coach_id: Option<Uuid>,
    pub body_sealed: Vec<u8>,
    pub created_at: DateTime<Utc>,
}

/// What somebody has begun to write.
#[derive(Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = private_drafts, check_for_backend(Pg))]
pub struct DraftRow {
    pub thread_id: Uuid,
    pub person_id: Uuid,
    pub sealed: Vec<u8>,
    pub updated_at: DateTime<Utc>,
}

/// How many messages of others somebody has not read in a thread.
#[derive(Debug, QueryableByName)]
pub struct Unread {
    #[diesel(sql_type = SqlUuid)]
    pub thread_id: Uuid,
    #[diesel(sql_type = BigInt)]
    pub count: i64,
}

/// A thread that no coach is in.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = private_threads, check_for_backend(Pg))]
pub struct Waiting {
    pub id: Uuid,
    #[diesel(select_expression = private_threads::waiting_since.assume_not_null())]
    pub since: DateTime<Utc>,
    pub asked_coach_id: Option<Uuid>,
}

/// A thread that its reader has left and whose coach is one no more.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = private_threads, check_for_backend(Pg))]
pub struct Abandoned {
    pub id: Uuid,
    pub comment_id: Option<Uuid>,
}
