//! Whose comments were answered or approved.

use diesel::{
    prelude::*,
    sql_types::{Binary, Nullable, Uuid as SqlUuid},
};
use uuid::Uuid;

/// Somebody whose comment was answered by staff, or approved.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Asker {
    /// Their comment.
    #[diesel(sql_type = SqlUuid)]
    pub comment_id: Uuid,
    /// What answers it; none where it was approved.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub answer_id: Option<Uuid>,
    /// Whether the answer replies to it and not only to something below it.
    #[diesel(sql_type = diesel::sql_types::Bool)]
    pub direct: bool,
    /// Their account.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub account_id: Option<Uuid>,
    /// The guest that they are on one article.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub guest_id: Option<Uuid>,
    /// The keyed hash of their address.
    #[diesel(sql_type = Nullable<Binary>)]
    pub email_hash: Option<Vec<u8>>,
}
