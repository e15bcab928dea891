//! What stands around a comment.

use super::{super::types::CommentRow, AUTHORS, with_authors};
use crate::{
    db::{AtMost, Conn, schema::comments},
    http::cursor::Direction,
};
use diesel::{
    dsl::AsSelect,
    expression::Expression,
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{Integer, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// A comment and what it replies to, and so on, `steps` of them at most, and the root; the root first.
pub async fn ancestors(conn: &mut Conn, nearest: Uuid, root_id: Uuid, steps: i32) -> QueryResult<Vec<CommentRow>> {
    Above { columns: CommentRow::as_select(), nearest, root_id, steps }.load(conn).await
}

/// Recursion is not in the query builder, so this adds one query to it.
#[derive(QueryId)]
struct Above {
    columns: AsSelect<CommentRow, Pg>,
    nearest: Uuid,
    root_id: Uuid,
    steps: i32,
}

impl Query for Above {
    type SqlType = <AsSelect<CommentRow, Pg> as Expression>::SqlType;
}

impl QueryFragment<Pg> for Above {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("WITH RECURSIVE above AS (SELECT *, 1 AS step FROM comments WHERE id = ");
        out.push_bind_param::<SqlUuid, _>(&self.nearest)?;
        out.push_sql(
            " UNION ALL
                 SELECT comments.*, step + 1 FROM above JOIN comments ON comments.id = above.parent_id WHERE step < ",
        );
        out.push_bind_param::<Integer, _>(&self.steps)?;
        out.push_sql(") SELECT ");
        self.columns.walk_ast(out.reborrow())?;
        out.push_sql(
            " FROM (
                 SELECT * FROM above
                 UNION ALL
                 SELECT *, 0 FROM comments
                 WHERE NOT EXISTS (SELECT FROM above WHERE parent_id IS NULL) AND id = ",
        );
        out.push_bind_param::<SqlUuid, _>(&self.root_id)?;
        out.push_sql(") AS comments");
        out.push_sql(AUTHORS);
        out.push_sql(" ORDER BY comments.depth");
        Ok(())
    }
}

/// Up to `limit` comments that are shown beside one, on one side of it: the nearest first.
pub async fn beside(conn: &mut Conn, of: &CommentRow, side: Direction, limit: i64) -> QueryResult<Vec<CommentRow>> {
    let mut beside = with_authors().filter(comments::shown).select(CommentRow::as_select()).into_boxed();
    beside = match of.parent_id {
        None => beside.filter(comments::article_id.eq(of.article_id).and(comments::parent_id.is_null())),
        Some(parent_id) => beside.filter(comments::parent_id.eq(parent_id)),
    };
    let position = comments::position;
    match side {
        Direction::Next => {
            beside.filter(position.gt(of.position)).order(position.asc()).at_most(limit).load(conn).await
        }
        Direction::Previous => {
            beside.filter(position.lt(of.position)).order(position.desc()).at_most(limit).load(conn).await
        }
    }
}
