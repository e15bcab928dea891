//! Where comments came from, as keyed hashes; and by what else their authors are known.

use super::{super::types::CommentOrigin, with_authors};
use crate::db::{
    Conn, Prepare,
    schema::{accounts, comment_networks, comments, guests},
};
use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, Bytea, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Keeps where comments came from.
#[expect(clippy::disallowed_methods, reason = "the query builder cannot insert what it selects from arrays")]
pub async fn keep(mut conn: &Conn, comment_ids: &[Uuid], hashes: &[Vec<u8>], now: DateTime<Utc>) -> QueryResult<usize> {
    sql_query(
        "INSERT INTO comment_networks (comment_id, network_hash, at)
         SELECT id, hash, $3 FROM unnest($1, $2) AS new (id, hash)",
    )
    .bind::<Array<SqlUuid>, _>(comment_ids)
    .bind::<Array<Bytea>, _>(hashes)
    .bind::<Timestamptz, _>(now)
    .prepared()
    .execute(&mut conn)
    .await
}

/// Who wrote a comment.
pub async fn origin(conn: &mut Conn, comment_id: Uuid) -> QueryResult<Option<CommentOrigin>> {
    with_authors()
        .left_join(comment_networks::table.on(comment_networks::comment_id.eq(comments::id)))
        .filter(comments::id.eq(comment_id))
        .select((
            comments::account_id,
            comments::guest_id,
            accounts::email_hash.nullable(),
            guests::email_hash.nullable(),
            guests::email_verified_at.nullable(),
            comment_networks::network_hash.nullable(),
        ))
        .first(conn)
        .await
        .optional()
}

/// Forgets where comments came from whose author is erased.
pub async fn forget(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<usize> {
    diesel::delete(comment_networks::table.filter(comment_networks::comment_id.eq_any(comment_ids))).execute(conn).await
}

/// Forgets what was kept before a time.
pub async fn sweep(conn: &mut Conn, before: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(comment_networks::table.filter(comment_networks::at.le(before))).execute(conn).await
}
