//! Looking for words in a thread.

use super::{
    super::types::{CommentRow, CommentStatus},
    with_authors,
};
use crate::db::{Conn, schema::comments};
use diesel::{
    dsl::sql,
    prelude::*,
    sql_types::{Array, Bool, Text},
};
use diesel_async::RunQueryDsl;
use std::ops::Range;
use uuid::Uuid;

/// Visible comments of an article at these positions whose text holds something like each of `patterns`, the newest
/// first, `limit` at most. Every comment of the article has a position of its own, so the range bounds what is read.
#[expect(clippy::disallowed_methods, reason = "it has values in it, and is best planned for them")]
pub async fn holding(
    conn: &mut Conn,
    article_id: Uuid,
    positions: &Range<i64>,
    patterns: &[String],
    limit: i64,
) -> QueryResult<Vec<CommentRow>> {
    // Both sides are lowered by the same function: what is capital and what small depends on who is asked.
    let holds = sql::<Bool>("lower(comments.body_text) LIKE ALL (ARRAY(SELECT lower(pattern) FROM unnest(")
        .bind::<Array<Text>, _>(patterns)
        .sql(") AS pattern))");
    with_authors()
        .filter(comments::article_id.eq(article_id).and(comments::status.eq(CommentStatus::Visible.as_str())))
        .filter(comments::position.ge(positions.start).and(comments::position.lt(positions.end)))
        .filter(holds)
        .order(comments::position.desc())
        .limit(limit)
        .select(CommentRow::as_select())
        .load(conn)
        .await
}
