//! SQL that is written by hand and prepared once for each connection. (By itself, what `diesel::sql_query` makes is parsed
//! and planned anew each time.)

use diesel::{
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
};

/// A statement that stays prepared, known by its text.
#[derive(Debug, Clone)]
pub struct Prepared<Q>(Q);

/// Makes a statement stay prepared.
pub trait Prepare: Sized {
    /// The same, prepared once for each connection. Its text must be one of a few: values are bound, never written into
    /// it.
    fn prepared(self) -> Prepared<Self> {
        Prepared(self)
    }
}

impl<Q: Query> Prepare for Q {}

impl<Q: Query> Query for Prepared<Q> {
    type SqlType = Q::SqlType;
}

impl<Q> QueryId for Prepared<Q> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Prepared<Q> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }

    fn is_safe_to_cache_prepared(&self, _: &Pg) -> QueryResult<bool> {
        Ok(true)
    }
}
