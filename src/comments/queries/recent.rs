//! What was said lately.

use super::super::types::RecentText;
use crate::db::{
    Conn,
    schema::{accounts, articles, comments},
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Comments that still have a text, the last to come in first; those of an article by their place under it.
pub async fn texts(
    conn: &mut Conn,
    article_id: Option<Uuid>,
    before: Option<(Uuid, i64)>,
    limit: i64,
) -> QueryResult<Vec<RecentText>> {
    let (id, position) = before.unwrap_or((Uuid::max(), i64::MAX));
    let texts = comments::table
        .inner_join(articles::table)
        .left_join(accounts::table)
        .filter(comments::status.ne("deleted"))
        .select(RecentText::as_select())
        .limit(limit)
        .into_boxed();
    match article_id {
        Some(article_id) => texts
            .filter(comments::article_id.eq(article_id).and(comments::position.lt(position)))
            .order(comments::position.desc()),
        None => texts.filter(comments::id.lt(id)).order(comments::id.desc()),
    }
    .load(conn)
    .await
}
