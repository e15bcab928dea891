//! What curators send, and the rows of it.

use crate::db::schema::comments;
use diesel::{pg::Pg, prelude::*};
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

/// What a curator makes of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Light {
    /// Recommended by the publication, or not any more.
    Featured(bool),
    /// Closed to answers, itself and what is below it, or open again.
    Locked(bool),
}
