//! Pins, features and locks. Whoever writes here holds the counter row of the comment's thread.

use super::super::types::Pin;
use crate::db::{Conn, Prepare, schema::comments};
use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// The pins of an article, in their order.
pub async fn pins(conn: &mut Conn, article_id: Uuid) -> QueryResult<Vec<Pin>> {
    comments::table
        .filter(comments::article_id.eq(article_id).and(comments::pin_no.is_not_null()))
        .order((comments::pin_no, comments::position))
        .select(Pin::as_select())
        .load(conn)
        .await
}

/// Makes these the pins of an article, in this order.
#[expect(clippy::disallowed_methods, reason = "WITH ORDINALITY is not in the query builder")]
pub async fn set_pins(conn: &mut Conn, article_id: Uuid, ids: &[Uuid]) -> QueryResult<usize> {
    sql_query(
        "UPDATE comments SET pin_no = wanted.place
         FROM (SELECT id, place FROM comments
               LEFT JOIN unnest($2) WITH ORDINALITY AS pins (id, place) USING (id)
               WHERE article_id = $1 AND (pin_no IS NOT NULL OR id = ANY($2))) AS wanted
         WHERE comments.id = wanted.id AND pin_no IS DISTINCT FROM wanted.place",
    )
    .bind::<SqlUuid, _>(article_id)
    .bind::<Array<SqlUuid>, _>(ids)
    .prepared()
    .execute(conn)
    .await
}

/// Features a comment since a time; not any more, for none.
pub async fn feature(conn: &mut Conn, id: Uuid, at: Option<DateTime<Utc>>) -> QueryResult<usize> {
    diesel::update(comments::table.find(id)).set(comments::featured_at.eq(at)).execute(conn).await
}

pub async fn lock(conn: &mut Conn, id: Uuid, locked: bool) -> QueryResult<usize> {
    diesel::update(comments::table.find(id)).set(comments::locked.eq(locked)).execute(conn).await
}

/// Those of the comments that are locked, or stand below one that is. A root's path is empty, and so begins every other
/// of its conversation. Nothing that is locked has a flat path, so a path that begins theirs is that of something above.
#[expect(clippy::disallowed_methods, reason = "a prefix of bytes is not in the query builder")]
pub async fn locked_among(mut conn: &Conn, ids: &[Uuid]) -> QueryResult<Vec<Uuid>> {
    #[derive(QueryableByName)]
    struct Locked {
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
    }
    let locked: Vec<Locked> = sql_query(
        "SELECT id FROM comments AS parents
         WHERE id = ANY($1) AND EXISTS (
             SELECT FROM comments AS above
             WHERE above.root_id = parents.root_id AND above.locked AND above.path <= parents.path
               AND substring(parents.path FOR length(above.path)) = above.path
         )",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .prepared()
    .load(&mut conn)
    .await?;
    Ok(locked.into_iter().map(|each| each.id).collect())
}
