//! What the conversation under an article asks about it.

use super::super::types::{Slug, ThreadPolicy};
use crate::db::{
    Conn,
    schema::{article_slugs, articles},
};
use diesel::{dsl::auto_type, prelude::*};
use diesel_async::RunQueryDsl;

/// The article that has or had this slug, drafts too, under a shared lock: until this transaction ends, nobody unpublishes
/// it or changes who may comment.
///
/// # Errors
/// When the database is away.
pub async fn for_comment(conn: &mut Conn, slug: &Slug) -> QueryResult<Option<ThreadPolicy>> {
    asked(slug.as_str()).for_share().first(conn).await.optional()
}

#[auto_type(no_type_alias)]
fn asked<'a>(slug: &'a str) -> _ {
    let named = article_slugs::table.filter(article_slugs::slug.eq(slug)).select(article_slugs::article_id);
    articles::table.filter(articles::id.eq_any(named)).select((
        articles::id,
        articles::slug,
        articles::status,
        articles::published_at,
        (
            articles::comments_open,
            articles::guests_allowed,
            articles::premoderated,
            articles::comments_close_after_days,
        ),
        articles::slug.ne(slug),
    ))
}
