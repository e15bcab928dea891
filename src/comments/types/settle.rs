//! How comments hang in their threads.

use diesel::{
    prelude::*,
    sql_types::{BigInt, Bool, Integer, Nullable, Uuid as SqlUuid},
};
use uuid::Uuid;

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
    #[diesel(sql_type = Nullable<Integer>)]
    pub root_no: Option<i32>,
}
