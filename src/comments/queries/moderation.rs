//! What moderators look through.

use super::{
    super::types::{CommentStatus, PlacedRow},
    with_authors,
};
use crate::{
    db::{
        Conn,
        schema::{articles, comments},
    },
    http::{cursor::Direction, list::Span},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Comments with this status, oldest first, from the span on in its direction; one more than its limit.
pub async fn queue(
    conn: &mut Conn,
    status: CommentStatus,
    span: &Span<(DateTime<Utc>, Uuid)>,
) -> QueryResult<Vec<PlacedRow>> {
    let mut queue = with_authors()
        .inner_join(articles::table)
        .filter(comments::status.eq(status.as_str()))
        .select(PlacedRow::as_select())
        .limit(span.limit + 1)
        .into_boxed();
    let (at, id) = (comments::created_at, comments::id);
    if let Some((from, after)) = span.from {
        // Said twice, since the first condition is what the index can begin at.
        queue = match span.direction {
            Direction::Next => queue.filter(at.ge(from).and(at.gt(from).or(id.gt(after)))),
            Direction::Previous => queue.filter(at.le(from).and(at.lt(from).or(id.lt(after)))),
        };
    }
    match span.direction {
        Direction::Next => queue.order((at.asc(), id.asc())).load(conn).await,
        Direction::Previous => queue.order((at.desc(), id.desc())).load(conn).await,
    }
}
