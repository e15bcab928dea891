//! SQL that is written by hand and prepared once for each connection. (By itself, what `diesel::sql_query` makes is parsed
//! and planned anew each time.)

use diesel::{
    expression::{AppearsOnTable, Expression, SelectableExpression, TypedExpressionType, ValidGrouping, is_aggregate},
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::SingleValue,
};
use std::marker::PhantomData;

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

/// An expression that is written by hand. What it stands in stays prepared. (What has a `diesel::dsl::sql` in it is parsed and
/// planned anew each time.)
#[derive(Debug, Clone, Copy)]
pub struct Fixed<T> {
    sql: &'static str,
    of: PhantomData<T>,
}

/// An expression of this type, which may name columns of the tables that its statement has.
#[must_use]
pub const fn fixed<T>(sql: &'static str) -> Fixed<T> {
    Fixed { sql, of: PhantomData }
}

impl<T: SingleValue + TypedExpressionType> Expression for Fixed<T> {
    type SqlType = T;
}

impl<Q, T> AppearsOnTable<Q> for Fixed<T> where Self: Expression {}

impl<Q, T> SelectableExpression<Q> for Fixed<T> where Self: Expression {}

impl<T> ValidGrouping<()> for Fixed<T> {
    type IsAggregate = is_aggregate::Never;
}

impl<T> QueryId for Fixed<T> {
    type QueryId = ();

    // The text is in the value.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<T> QueryFragment<Pg> for Fixed<T> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(self.sql);
        Ok(())
    }
}
