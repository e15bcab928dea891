//! Statements on saved replies.

use super::super::types::{SavedReplyPlace, SavedReplyRow, SavedText};
use crate::{
    db::{
        Conn,
        schema::{accounts, saved_replies},
    },
    http::{cursor::Direction, list::Span},
};
use chrono::{DateTime, Utc};
use diesel::{prelude::*, sql_types::Text};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

diesel::define_sql_function! {
    /// A text in small letters.
    fn lower(text: Text) -> Text;
}
diesel::define_sql_function! {
    /// At which character a text holds another, from 1 on; 0 if it does not.
    fn strpos(text: Text, part: Text) -> Integer;
}

/// How many a coach has.
pub async fn count_of(conn: &mut Conn, author_id: Uuid) -> QueryResult<i64> {
    saved_replies::table.filter(saved_replies::author_id.eq(author_id)).count().get_result(conn).await
}

pub async fn insert(
    conn: &mut Conn,
    id: Uuid,
    author_id: Uuid,
    text: &SavedText,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    let who_and_when = (
        saved_replies::id.eq(id),
        saved_replies::author_id.eq(author_id),
        saved_replies::created_at.eq(now),
        saved_replies::updated_at.eq(now),
    );
    diesel::insert_into(saved_replies::table).values((who_and_when, text)).execute(conn).await
}

pub async fn find(conn: &mut Conn, id: Uuid) -> QueryResult<Option<SavedReplyRow>> {
    let named = saved_replies::table.left_join(accounts::table).filter(saved_replies::id.eq(id));
    named.select(SavedReplyRow::as_select()).first(conn).await.optional()
}

/// Takes one until the end of the transaction.
pub async fn hold(conn: &mut Conn, id: Uuid) -> QueryResult<Option<Uuid>> {
    saved_replies::table.find(id).select(saved_replies::id).for_update().first(conn).await.optional()
}

/// What a coach may use, by its title, from the span on in its direction; one more than its limit.
pub async fn page(
    conn: &mut Conn,
    account_id: Uuid,
    q: Option<&str>,
    span: &Span<SavedReplyPlace>,
) -> QueryResult<Vec<SavedReplyRow>> {
    let (title, id) = (saved_replies::title, saved_replies::id);
    let mut replies = saved_replies::table
        .left_join(accounts::table)
        .filter(saved_replies::shared.or(saved_replies::author_id.eq(account_id).assume_not_null()))
        .select(SavedReplyRow::as_select())
        .limit(span.limit + 1)
        .into_boxed();
    if let Some(q) = q {
        replies = replies.filter(strpos(lower(title), lower(q)).gt(0));
    }
    if span.direction == Direction::Next {
        if let Some((from, beside)) = &span.from {
            replies = replies.filter(title.gt(from).or(title.eq(from).and(id.gt(beside))));
        }
        replies.order((title.asc(), id.asc())).load(conn).await
    } else {
        if let Some((from, beside)) = &span.from {
            replies = replies.filter(title.lt(from).or(title.eq(from).and(id.lt(beside))));
        }
        replies.order((title.desc(), id.desc())).load(conn).await
    }
}

/// What a coach has saved, by its id, those after one, `limit` at most.
pub async fn of_author(conn: &mut Conn, author_id: Uuid, after: Uuid, limit: i64) -> QueryResult<Vec<SavedReplyRow>> {
    saved_replies::table
        .left_join(accounts::table)
        .filter(saved_replies::author_id.eq(author_id).and(saved_replies::id.gt(after)))
        .order(saved_replies::id)
        .limit(limit)
        .select(SavedReplyRow::as_select())
        .load(conn)
        .await
}

pub async fn replace(conn: &mut Conn, id: Uuid, text: &SavedText, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(saved_replies::table.find(id))
        .set((text, saved_replies::revision.eq(saved_replies::revision + 1), saved_replies::updated_at.eq(now)))
        .execute(conn)
        .await
}

pub async fn delete(conn: &mut Conn, id: Uuid) -> QueryResult<usize> {
    diesel::delete(saved_replies::table.find(id)).execute(conn).await
}

/// Deletes what only one coach could use, and takes them off what they shared.
pub async fn forget(conn: &mut Conn, author_id: Uuid) -> QueryResult<()> {
    let theirs = saved_replies::author_id.eq(author_id);
    diesel::delete(saved_replies::table.filter(theirs).filter(diesel::dsl::not(saved_replies::shared)))
        .execute(conn)
        .await?;
    diesel::update(saved_replies::table.filter(theirs))
        .set(saved_replies::author_id.eq(None::<Uuid>))
        .execute(conn)
        .await?;
    Ok(())
}
