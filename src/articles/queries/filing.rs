//! What an article is filed under.

use super::super::types::Filing;
use crate::db::{Conn, Prepare, schema::tags};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// What these articles are filed under, in one statement.
///
/// # Errors
/// When the database is away.
#[expect(clippy::disallowed_methods, reason = "arrays of subqueries are not in the query builder")]
pub async fn list_filings(conn: &mut Conn, ids: &[Uuid]) -> QueryResult<Vec<Filing>> {
    sql_query(
        "SELECT id, status = 'published' AS published, locale,
                ARRAY(SELECT tag_id FROM article_tags WHERE article_id = articles.id) AS tag_ids,
                ARRAY(
                    SELECT accounts.id FROM article_authors JOIN accounts ON accounts.id = account_id
                    WHERE article_id = articles.id AND erased_at IS NULL
                ) AS author_ids
         FROM articles WHERE id = ANY($1)",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .prepared()
    .load(conn)
    .await
}

/// The tag with a slug.
///
/// # Errors
/// When the database is away.
pub async fn find_tag(conn: &mut Conn, slug: &str) -> QueryResult<Option<Uuid>> {
    tags::table.filter(tags::slug.eq(slug)).select(tags::id).first(conn).await.optional()
}
