//! What the conversation under an article asks about it.

use super::super::types::ThreadPolicy;
use crate::db::{
    Conn,
    schema::{article_slugs, articles},
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use std::collections::HashMap;
use uuid::Uuid;

/// The articles that have or had these slugs, drafts too, by slug, under a shared lock: until this transaction ends,
/// nobody unpublishes one or changes who may comment.
///
/// # Errors
/// When the database is away.
pub async fn for_comments(mut conn: &Conn, slugs: &[&str]) -> QueryResult<HashMap<String, ThreadPolicy>> {
    let named: Vec<(String, Uuid)> = article_slugs::table
        .filter(article_slugs::slug.eq_any(slugs))
        .select((article_slugs::slug, article_slugs::article_id))
        .load(&mut conn)
        .await?;
    let ids: Vec<Uuid> = named.iter().map(|(_, id)| *id).collect();
    let policies: Vec<ThreadPolicy> = articles::table
        .filter(articles::id.eq_any(ids))
        .order(articles::id)
        .select(ThreadPolicy::as_select())
        .for_share()
        .load(&mut conn)
        .await?;
    let policies: HashMap<Uuid, ThreadPolicy> =
        policies.into_iter().map(|policy| (policy.article_id, policy)).collect();
    Ok(named.into_iter().filter_map(|(slug, id)| Some((slug, policies.get(&id)?.clone()))).collect())
}
