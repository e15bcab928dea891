//! What curators send, and the rows of it.

use crate::db::{Fixed, fixed, schema::comments};
use diesel::{pg::Pg, prelude::*, sql_types::Bool};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Where to pin a comment.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PinComment {
    /// Its place among the pinned ones, 1 for the first; the others move. Last when left out, or where it is already.
    #[schema(minimum = 1, maximum = 10, example = 1)]
    pub place: Option<i32>,
}

/// A pinned comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = comments, check_for_backend(Pg))]
pub struct Pin {
    pub id: Uuid,
    #[diesel(select_expression = comments::status.eq("visible"))]
    pub visible: bool,
}

/// What was made of a comment, beside what it says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = comments, check_for_backend(Pg))]
#[expect(clippy::struct_excessive_bools, reason = "none follows from another")]
pub struct Marks {
    #[diesel(select_expression = comments::pin_no.is_not_null())]
    pub pinned: bool,
    #[diesel(select_expression = comments::featured_at.is_not_null())]
    pub featured: bool,
    pub locked: bool,
    /// In private, and both sides agree that everybody sees that. (To the query builder a subquery is no column to order beside.
    /// EXISTS lets Postgres choose: while few are, it reads them all once, and else looks each up.)
    #[diesel(select_expression = fixed("EXISTS (SELECT FROM continued_comments WHERE comment_id = comments.id)"))]
    #[diesel(select_expression_type = Fixed<Bool>)]
    pub continued: bool,
}

/// What a curator makes of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Light {
    /// Recommended by the publication, or not any more.
    Featured(bool),
    /// Closed to answers, itself and what is below it, or open again.
    Locked(bool),
}
