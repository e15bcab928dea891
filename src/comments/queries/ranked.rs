//! Rank and position compared at once, which is not in the query builder: so the index is entered at the very place, however
//! many comments have the same rank.

use crate::http::cursor::Direction;
use diesel::{
    expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate},
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, QueryFragment, QueryId},
    sql_types::{BigInt, Bool},
};

/// Whether a comment stands beside a rank and position, by `top`: `Next` is below them.
#[derive(Debug, Clone, Copy)]
pub struct Ranked {
    pub direction: Direction,
    pub rank: i64,
    pub position: i64,
}

impl Expression for Ranked {
    type SqlType = Bool;
}

impl<QS> AppearsOnTable<QS> for Ranked {}

impl<QS> SelectableExpression<QS> for Ranked {}

impl ValidGrouping<()> for Ranked {
    type IsAggregate = is_aggregate::No;
}

impl QueryId for Ranked {
    type QueryId = ();

    // The direction is in the text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl QueryFragment<Pg> for Ranked {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(match self.direction {
            Direction::Next => "(comments.rank, comments.position) < (",
            Direction::Previous => "(comments.rank, comments.position) > (",
        });
        out.push_bind_param::<BigInt, _>(&self.rank)?;
        out.push_sql(", ");
        out.push_bind_param::<BigInt, _>(&self.position)?;
        out.push_sql(")");
        Ok(())
    }
}
