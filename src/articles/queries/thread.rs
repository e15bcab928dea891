//! What the conversation under an article asks about it.

use super::super::types::{Slug, Status, ThreadPolicy};
use crate::db::{
    Conn,
    schema::{article_slugs, articles},
};
use diesel::{dsl::auto_type, prelude::*};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// The article that has or had this slug, drafts too.
///
/// # Errors
/// When the database is away.
pub async fn for_thread(conn: &mut Conn, slug: &Slug) -> QueryResult<Option<ThreadPolicy>> {
    asked(slug.as_str()).first(conn).await.optional()
}

/// The same under a shared lock: until this transaction ends, nobody unpublishes it or changes who may comment.
///
/// # Errors
/// When the database is away.
pub async fn for_comment(conn: &mut Conn, slug: &Slug) -> QueryResult<Option<ThreadPolicy>> {
    asked(slug.as_str()).for_share().first(conn).await.optional()
}

/// The published articles among those that have or had these slugs, each with the slug that was asked for.
///
/// # Errors
/// When the database is away.
pub async fn slugs_to_ids(conn: &mut Conn, slugs: &[Slug]) -> QueryResult<Vec<(String, Uuid)>> {
    article_slugs::table
        .inner_join(articles::table.on(articles::id.eq(article_slugs::article_id)))
        .filter(article_slugs::slug.eq_any(slugs.iter().map(Slug::as_str)))
        .filter(articles::status.eq(Status::Published.as_str()))
        .select((article_slugs::slug, articles::id))
        .load(conn)
        .await
}

#[auto_type(no_type_alias)]
fn asked<'a>(slug: &'a str) -> _ {
    let named = article_slugs::table.filter(article_slugs::slug.eq(slug)).select(article_slugs::article_id);
    articles::table.filter(articles::id.eq_any(named)).select((
        articles::id,
        articles::slug,
        articles::status,
        (articles::comments_open, articles::guests_allowed, articles::premoderated),
        articles::slug.ne(slug),
    ))
}
