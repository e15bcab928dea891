//! How comments hang in their threads.

use diesel::{
    prelude::*,
    sql_types::{BigInt, Bool, Integer, Nullable, Uuid as SqlUuid},
};
use uuid::Uuid;

/// By how much the counters of a comment go up, or down below zero.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Direct replies that are shown.
    pub replies: i32,
    /// All that is shown below; of roots only.
    pub descendants: i32,
    /// Visible answers below; of roots only.
    pub answers: i32,
}

/// A comment as it hangs in its thread.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Node {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub article_id: Uuid,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub parent_id: Option<Uuid>,
    #[diesel(sql_type = SqlUuid)]
    pub root_id: Uuid,
    #[diesel(sql_type = Integer)]
    pub depth: i32,
    #[diesel(sql_type = BigInt)]
    pub position: i64,
    #[diesel(sql_type = Bool)]
    pub visible: bool,
    #[diesel(sql_type = Integer)]
    pub reply_count: i32,
    /// Whether one of the publication's people answers with it who began the conversation.
    #[diesel(sql_type = Bool)]
    pub is_answer: bool,
    #[diesel(sql_type = Nullable<Integer>)]
    pub root_no: Option<i32>,
}
