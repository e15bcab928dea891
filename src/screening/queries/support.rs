//! Statements on support resources.

use super::super::types::{StoredSupport, SupportResource};
use crate::db::{Conn, schema::support_resources};
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// What is good in a region (everywhere, if none is asked for) in a language whose tag begins so (any, if none is asked
/// for), in the publication's order.
pub async fn list(conn: &mut Conn, region: Option<&str>, language: Option<&str>) -> QueryResult<Vec<SupportResource>> {
    let mut query = support_resources::table.select(SupportResource::as_select()).into_boxed();
    if let Some(region) = region {
        query = query.filter(support_resources::region.eq(region).or(support_resources::region.is_null()));
    }
    if let Some(language) = language {
        let language = language.split('-').next().unwrap_or_default().to_owned();
        let dialects = format!("{language}-%");
        query = query.filter(support_resources::language.eq(language).or(support_resources::language.like(dialects)));
    }
    query.order((support_resources::position, support_resources::id)).load(conn).await
}

/// How many there are.
pub async fn count(conn: &mut Conn) -> QueryResult<i64> {
    support_resources::table.count().get_result(conn).await
}

/// How many were last checked before a day.
pub async fn count_checked_before(conn: &mut Conn, day: NaiveDate) -> QueryResult<i64> {
    support_resources::table.filter(support_resources::checked_on.lt(day)).count().get_result(conn).await
}

pub async fn insert(conn: &mut Conn, id: Uuid, new: &StoredSupport) -> QueryResult<SupportResource> {
    diesel::insert_into(support_resources::table)
        .values((support_resources::id.eq(id), new))
        .returning(SupportResource::as_returning())
        .get_result(conn)
        .await
}

/// The revision of one, locked until the end of the transaction.
pub async fn lock(conn: &mut Conn, id: Uuid) -> QueryResult<Option<i64>> {
    support_resources::table.find(id).select(support_resources::revision).for_update().first(conn).await.optional()
}

pub async fn replace(conn: &mut Conn, id: Uuid, new: &StoredSupport) -> QueryResult<SupportResource> {
    diesel::update(support_resources::table.find(id))
        .set((new, support_resources::revision.eq(support_resources::revision + 1)))
        .returning(SupportResource::as_returning())
        .get_result(conn)
        .await
}

pub async fn delete(conn: &mut Conn, id: Uuid) -> QueryResult<usize> {
    diesel::delete(support_resources::table.find(id)).execute(conn).await
}
