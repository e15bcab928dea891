//! What the conversation under an article asks about it.

use super::super::types::ThreadPolicy;
use crate::db::Conn;
use diesel::{
    dsl::AsSelect,
    expression::Expression,
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{Array, Text},
};
use diesel_async::RunQueryDsl;
use std::collections::HashMap;

/// The articles that have or had these slugs, drafts too, by slug, under a shared lock: until this transaction ends,
/// nobody unpublishes one or changes who may comment.
///
/// # Errors
/// When the database is away.
pub async fn for_comments(mut conn: &Conn, slugs: &[&str]) -> QueryResult<HashMap<String, ThreadPolicy>> {
    let slugs = slugs.iter().map(|slug| (*slug).to_owned()).collect();
    let query = ForComments { slugs, returned: ThreadPolicy::as_select() };
    let named: Vec<(String, ThreadPolicy)> = query.load(&mut conn).await?;
    Ok(named.into_iter().collect())
}

#[derive(QueryId)]
struct ForComments {
    slugs: Vec<String>,
    returned: AsSelect<ThreadPolicy, Pg>,
}

impl Query for ForComments {
    type SqlType = (Text, <AsSelect<ThreadPolicy, Pg> as Expression>::SqlType);
}

impl QueryFragment<Pg> for ForComments {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("SELECT article_slugs.slug, ");
        self.returned.walk_ast(out.reborrow())?;
        out.push_sql(" FROM article_slugs JOIN articles ON articles.id = article_id WHERE article_slugs.slug = ANY (");
        out.push_bind_param::<Array<Text>, _>(&self.slugs)?;
        // In the order in which everybody takes them. The slugs themselves are not held.
        out.push_sql(") ORDER BY articles.id FOR SHARE OF articles");
        Ok(())
    }
}
