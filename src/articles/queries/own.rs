//! What an author is handed out.

use super::super::types::OwnArticle;
use crate::db::{
    Conn,
    schema::{article_authors, articles},
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Articles of an author, the oldest first, `limit` at most, those after `after`.
///
/// # Errors
/// When the database is away.
pub async fn list_by_author(
    conn: &mut Conn,
    account_id: Uuid,
    after: Option<Uuid>,
    limit: i64,
) -> QueryResult<Vec<OwnArticle>> {
    // Ids begin with the time at which they were made.
    articles::table
        .inner_join(article_authors::table)
        .filter(article_authors::account_id.eq(account_id).and(articles::id.gt(after.unwrap_or_default())))
        .order(articles::id)
        .limit(limit)
        .select(OwnArticle::as_select())
        .load(conn)
        .await
}
