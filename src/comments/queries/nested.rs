//! The first comments below each of several, level by level, in one statement: one short index scan for each comment that
//! has replies, and none for what is not shown.
//!
//! LATERAL and recursion are not in the query builder, so this adds one query to it, with the same columns as all others.

use super::{
    super::types::{Below, Budget, CommentRow},
    AUTHORS,
};
use crate::db::Conn;
use diesel::{
    dsl::AsSelect,
    expression::Expression,
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{Array, Binary, Bool, Integer, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Up to `limit` comments that are shown below `heads`, breadth first: the first replies of each head, the first replies
/// of each of these, and so on. From `budget.levels` on what is below stands in one list, in reading order.
pub async fn nested(conn: &mut Conn, heads: &[CommentRow], budget: Budget, limit: i64) -> QueryResult<Vec<Below>> {
    let heads: Vec<_> = heads.iter().filter(|head| head.reply_count > 0).collect();
    if heads.is_empty() || budget.is_none() {
        return Ok(Vec::new());
    }
    let query = Nested {
        columns: CommentRow::as_select(),
        ids: heads.iter().map(|head| head.id).collect(),
        roots: heads.iter().map(|head| head.root_id).collect(),
        paths: heads.iter().map(|head| head.path.clone()).collect(),
        depths: heads.iter().map(|head| head.depth).collect(),
        budget,
        limit,
    };
    let rows: Vec<(CommentRow, Uuid, bool)> = query.load(conn).await?;
    Ok(rows.into_iter().map(|(row, above, more)| Below { row, above, more }).collect())
}

/// Its limits are written into the text: Postgres plans it once only where it knows how little is asked for, and planning it
/// takes longer than running it. They are small numbers of which there are few.
struct Nested {
    columns: AsSelect<CommentRow, Pg>,
    ids: Vec<Uuid>,
    roots: Vec<Uuid>,
    paths: Vec<Vec<u8>>,
    depths: Vec<i32>,
    budget: Budget,
    limit: i64,
}

impl QueryId for Nested {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Nested {
    type SqlType = (<AsSelect<CommentRow, Pg> as Expression>::SqlType, SqlUuid, Bool);
}

impl QueryFragment<Pg> for Nested {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("WITH RECURSIVE nested AS (SELECT children.*, 1 AS level FROM unnest(");
        out.push_bind_param::<Array<SqlUuid>, _>(&self.ids)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<SqlUuid>, _>(&self.roots)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Binary>, _>(&self.paths)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.depths)?;
        out.push_sql(") AS above (id, root_id, path, depth)");
        self.first_below(&mut out)?;
        out.push_sql(" UNION ALL SELECT children.*, above.level + 1 FROM nested AS above");
        self.first_below(&mut out)?;
        out.push_sql(" WHERE above.reply_count > 0 AND above.level < ");
        out.push_bind_param::<Integer, _>(&self.budget.depth)?;
        out.push_sql(" AND above.depth <= ");
        out.push_bind_param::<Integer, _>(&self.budget.levels)?;
        // Postgres makes as many rows of a recursion as are fetched, so the limit bounds the work.
        out.push_sql(") SELECT ");
        self.columns.walk_ast(out.reborrow())?;
        out.push_sql(
            ", comments.above, comments.more
             FROM (SELECT *, row_number() OVER () AS place FROM nested LIMIT ",
        );
        out.push_sql(&self.limit.to_string());
        out.push_sql(") AS comments");
        out.push_sql(AUTHORS);
        out.push_sql(" ORDER BY comments.place");
        Ok(())
    }
}

impl Nested {
    /// The first that is shown below `above`, and whether more follows, which one row ahead tells. Of the two arms the
    /// one that does not apply is not run.
    ///
    /// A range of one id, not `=`: of a comment's replies Postgres knows only how many there are on average, which are few,
    /// and would fetch and sort all of them. Of a range it expects more, and walks the index in its order.
    fn first_below<'b>(&'b self, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let Budget { replies, ahead, levels, .. } = &self.budget;
        out.push_sql(
            " CROSS JOIN LATERAL (
                 SELECT first.*, above.id AS above, count(*) OVER () > ",
        );
        out.push_sql(&replies.to_string());
        out.push_sql(
            " AS more FROM (
                     (SELECT * FROM comments
                      WHERE parent_id BETWEEN above.id AND above.id AND parent_id IS NOT NULL AND shown AND above.depth <> ",
        );
        out.push_bind_param::<Integer, _>(levels)?;
        out.push_sql(" ORDER BY parent_id, position LIMIT ");
        out.push_sql(&ahead.to_string());
        out.push_sql(
            ") UNION ALL
                     (SELECT * FROM comments
                      WHERE root_id = above.root_id AND path > above.path AND path < above.path || '\\xff'::bytea
                        AND parent_id IS NOT NULL AND shown AND above.depth = ",
        );
        out.push_bind_param::<Integer, _>(levels)?;
        out.push_sql(" ORDER BY path LIMIT ");
        out.push_sql(&ahead.to_string());
        out.push_sql(")) AS first LIMIT ");
        out.push_sql(&replies.to_string());
        out.push_sql(") AS children");
        Ok(())
    }
}
