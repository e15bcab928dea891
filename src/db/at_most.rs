//! Limits that are written into a statement's text. Bound as a parameter, a limit is a tenth of the rows for all that Postgres
//! knows, so it plans the statement anew each time, which for a page takes longer than running it.

use diesel::{
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
};

/// A query that gives a few rows.
#[derive(Debug, Clone)]
pub struct Limited<Q> {
    query: Q,
    limit: i64,
}

/// Limits a query in its text.
pub trait AtMost: Sized {
    /// The first rows of it. Each limit is a statement of its own that stays prepared, so it must be one of a few.
    fn at_most(self, limit: i64) -> Limited<Self> {
        Limited { query: self, limit }
    }
}

impl<Q: Query> AtMost for Q {}

impl<Q: Query> Query for Limited<Q> {
    type SqlType = Q::SqlType;
}

impl<Q> QueryId for Limited<Q> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Limited<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.query.walk_ast(out.reborrow())?;
        out.push_sql(" LIMIT ");
        out.push_sql(&self.limit.to_string());
        Ok(())
    }
}
