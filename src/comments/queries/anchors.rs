//! What comments point to in their articles.

use super::super::types::SectionHtml;
use crate::db::{Conn, Prepare};
use diesel::{
    sql_query,
    sql_types::{Array, Text, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Those of the sections that are there: the first named is looked for in the first article, and so on.
#[expect(clippy::disallowed_methods, reason = "unnest of several arrays is not in the query builder")]
pub async fn sections(
    conn: &mut Conn,
    articles: &[Uuid],
    section_ids: &[&str],
) -> diesel::QueryResult<Vec<SectionHtml>> {
    sql_query(
        "SELECT articles.id AS article_id, section->>'id' AS id, section->>'html' AS html
         FROM articles CROSS JOIN LATERAL jsonb_array_elements(sections) AS section
         WHERE articles.id = ANY($1)
           AND (articles.id, section->>'id') IN (SELECT * FROM unnest($1, $2) AS asked (article_id, id))",
    )
    .bind::<Array<SqlUuid>, _>(articles)
    .bind::<Array<Text>, _>(section_ids)
    .prepared()
    .load(conn)
    .await
}
