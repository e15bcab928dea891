//! The first comments below each of several, in one statement: one short index scan for each of them.
//!
//! LATERAL is not in the query builder, so this adds one query to it, with the same columns as all others.

use super::super::{rules::path, types::CommentRow};
use crate::db::Conn;
use diesel::{
    dsl::AsSelect,
    expression::Expression,
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{Array, BigInt, Binary, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Up to `budget` comments that are shown below each of `heads`: head by head, and in reading order under each.
pub async fn first_below(conn: &mut Conn, heads: &[CommentRow], budget: i64) -> QueryResult<Vec<CommentRow>> {
    let query = FirstBelow {
        columns: CommentRow::as_select(),
        roots: heads.iter().map(|head| head.root_id).collect(),
        above: heads.iter().map(|head| head.path.clone()).collect(),
        until: heads.iter().map(|head| path::end(&head.path)).collect(),
        budget,
    };
    query.load(conn).await
}

#[derive(QueryId)]
struct FirstBelow {
    columns: AsSelect<CommentRow, Pg>,
    roots: Vec<Uuid>,
    above: Vec<Vec<u8>>,
    until: Vec<Vec<u8>>,
    budget: i64,
}

impl Query for FirstBelow {
    type SqlType = <AsSelect<CommentRow, Pg> as Expression>::SqlType;
}

impl QueryFragment<Pg> for FirstBelow {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("SELECT ");
        self.columns.walk_ast(out.reborrow())?;
        out.push_sql(" FROM unnest(");
        out.push_bind_param::<Array<SqlUuid>, _>(&self.roots)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Binary>, _>(&self.above)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Binary>, _>(&self.until)?;
        out.push_sql(
            ") WITH ORDINALITY AS heads (root_id, above, until, place)
             CROSS JOIN LATERAL (
                 SELECT * FROM comments
                 WHERE root_id = heads.root_id AND path > heads.above AND path < heads.until
                   AND parent_id IS NOT NULL AND shown
                 ORDER BY path LIMIT ",
        );
        out.push_bind_param::<BigInt, _>(&self.budget)?;
        out.push_sql(
            ") AS comments
             LEFT JOIN accounts ON accounts.id = comments.account_id
             LEFT JOIN guests ON guests.id = comments.guest_id
             ORDER BY heads.place, comments.path",
        );
        Ok(())
    }
}
