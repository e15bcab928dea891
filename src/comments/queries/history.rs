//! Texts that were replaced.

use super::super::types::{NewRevision, OwnRevision, RevisionRow};
use crate::{
    db::{
        Conn, Prepare,
        schema::{accounts, comment_revisions, comments, corrections},
    },
    http::{cursor::Direction, list::Span},
};
use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Text, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

pub async fn keep(conn: &mut Conn, row: &NewRevision<'_>) -> QueryResult<usize> {
    diesel::insert_into(comment_revisions::table).values(row).execute(conn).await
}

/// Says when the texts of a comment go for good; never, for none.
pub async fn expire(conn: &mut Conn, comment_id: Uuid, at: Option<DateTime<Utc>>) -> QueryResult<usize> {
    diesel::update(comment_revisions::table.filter(comment_revisions::comment_id.eq(comment_id)))
        .set(comment_revisions::expires_at.eq(at))
        .execute(conn)
        .await
}

/// The text that a deleted comment had last, unless it is gone.
pub async fn last(conn: &mut Conn, comment_id: Uuid, now: DateTime<Utc>) -> QueryResult<Option<String>> {
    comment_revisions::table
        .filter(comment_revisions::comment_id.eq(comment_id).and(comment_revisions::expires_at.gt(now)))
        .order(comment_revisions::revision.desc())
        .select(comment_revisions::body_markdown)
        .first(conn)
        .await
        .optional()
}

/// Texts of a comment, the oldest first, from the span on in its direction; one more than its limit.
pub async fn page(conn: &mut Conn, comment_id: Uuid, span: &Span<i64>) -> QueryResult<Vec<RevisionRow>> {
    let noted = corrections::comment_id.eq(comment_revisions::comment_id);
    let noted = noted.and(corrections::revision.eq(comment_revisions::revision));
    let revisions = comment_revisions::table
        .left_join(accounts::table)
        .left_join(corrections::table.on(noted))
        .filter(comment_revisions::comment_id.eq(comment_id))
        .select(RevisionRow::as_select())
        .limit(span.limit + 1);
    let revision = comment_revisions::revision;
    if span.direction == Direction::Next {
        revisions.filter(revision.gt(span.from.unwrap_or(i64::MIN))).order(revision.asc()).load(conn).await
    } else {
        revisions.filter(revision.lt(span.from.unwrap_or(i64::MAX))).order(revision.desc()).load(conn).await
    }
}

/// The earlier texts of several comments, the oldest first.
pub async fn of_comments(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<Vec<OwnRevision>> {
    comment_revisions::table
        .filter(comment_revisions::comment_id.eq_any(comment_ids))
        .order((comment_revisions::comment_id, comment_revisions::revision))
        .select(OwnRevision::as_select())
        .load(conn)
        .await
}

/// Gives earlier texts of a comment, by their revisions, other words.
#[expect(clippy::disallowed_methods, reason = "the query builder cannot update from arrays")]
pub async fn rewrite(conn: &mut Conn, comment_id: Uuid, texts: &[(i64, String)]) -> QueryResult<usize> {
    let (revisions, texts): (Vec<i64>, Vec<&str>) = texts.iter().map(|(at, text)| (*at, text.as_str())).unzip();
    sql_query(
        "UPDATE comment_revisions SET body_markdown = other.text FROM unnest($2, $3) AS other (revision, text)
         WHERE comment_id = $1 AND comment_revisions.revision = other.revision",
    )
    .bind::<SqlUuid, _>(comment_id)
    .bind::<Array<BigInt>, _>(revisions)
    .bind::<Array<Text>, _>(texts)
    .prepared()
    .execute(conn)
    .await
}

/// Deletes every earlier text of these comments.
pub async fn forget(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<usize> {
    diesel::delete(comment_revisions::table.filter(comment_revisions::comment_id.eq_any(comment_ids)))
        .execute(conn)
        .await
}

/// Takes somebody off the texts that they replaced, in `limit` comments at most.
pub async fn unlink(conn: &mut Conn, account_id: Uuid, limit: i64) -> QueryResult<usize> {
    let by_them = || comment_revisions::table.filter(comment_revisions::replaced_by.eq(account_id));
    let ids: Vec<Uuid> = by_them().select(comment_revisions::comment_id).distinct().limit(limit).load(conn).await?;
    diesel::update(by_them().filter(comment_revisions::comment_id.eq_any(ids)))
        .set(comment_revisions::replaced_by.eq(None::<Uuid>))
        .execute(conn)
        .await
}

/// Up to `limit` comments with texts whose time is over, with their articles.
pub async fn expired(conn: &mut Conn, now: DateTime<Utc>, limit: i64) -> QueryResult<Vec<(Uuid, Uuid)>> {
    comment_revisions::table
        .inner_join(comments::table)
        .filter(comment_revisions::expires_at.le(now))
        .select((comment_revisions::comment_id, comments::article_id))
        .distinct()
        .limit(limit)
        .load(conn)
        .await
}

/// Deletes those texts of comments whose time is over. Returns whose they were, each comment as often as it had texts.
pub async fn prune(conn: &mut Conn, comment_ids: &[Uuid], now: DateTime<Utc>) -> QueryResult<Vec<Uuid>> {
    let theirs = comment_revisions::table.filter(comment_revisions::comment_id.eq_any(comment_ids));
    diesel::delete(theirs.filter(comment_revisions::expires_at.le(now)))
        .returning(comment_revisions::comment_id)
        .get_results(conn)
        .await
}
