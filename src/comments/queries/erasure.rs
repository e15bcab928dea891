//! Taking somebody off what they wrote, many comments at a time.

use super::super::types::{Author, CommentStatus, Lock, OwnRow, Text, Written};
use crate::db::{
    Conn,
    schema::{articles, comments, guest_codes, guests, mentions, threads},
};
use chrono::{DateTime, Utc};
use diesel::{
    dsl::{IntoBoxed, exists, select},
    pg::Pg,
    prelude::*,
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

fn by(author: Author) -> IntoBoxed<'static, comments::table, Pg> {
    let all = comments::table.into_boxed();
    match author {
        Author::Member(id) => all.filter(comments::account_id.eq(id)),
        Author::Guest(id) => all.filter(comments::guest_id.eq(id)),
    }
}

/// The articles of somebody's first `limit` comments, which may be named more than once.
pub async fn articles_of(conn: &mut Conn, author: Author, limit: i64) -> QueryResult<Vec<Uuid>> {
    by(author).order(comments::id).limit(limit).select(comments::article_id).load(conn).await
}

/// Takes the counter rows of several threads, in the order in which every writer takes them.
pub async fn hold(conn: &mut Conn, article_ids: &[Uuid]) -> QueryResult<Vec<Lock>> {
    let held: Vec<Uuid> = threads::table
        .filter(threads::article_id.eq_any(article_ids))
        .order(threads::article_id)
        .select(threads::article_id)
        .for_update()
        .load(conn)
        .await?;
    diesel::update(threads::table.filter(threads::article_id.eq_any(held)))
        .set(threads::version.eq(threads::version + 1))
        .returning(Lock::as_returning())
        .get_results(conn)
        .await
}

/// Somebody's first `limit` comments in threads that are held.
pub async fn written(conn: &mut Conn, author: Author, held: &[Uuid], limit: i64) -> QueryResult<Vec<Written>> {
    by(author)
        .filter(comments::article_id.eq_any(held))
        .order(comments::id)
        .limit(limit)
        .select(Written::as_select())
        .load(conn)
        .await
}

/// Takes the author off comments.
pub async fn unlink(conn: &mut Conn, ids: &[Uuid]) -> QueryResult<usize> {
    diesel::update(comments::table.filter(comments::id.eq_any(ids)))
        .set((comments::account_id.eq(None::<Uuid>), comments::guest_id.eq(None::<Uuid>)))
        .execute(conn)
        .await
}

/// Deletes comments: `nothing` is what their text becomes. Counters are not touched.
pub async fn blank(conn: &mut Conn, ids: &[Uuid], nothing: &Text, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(comments::table.filter(comments::id.eq_any(ids)))
        .set((
            comments::status.eq(CommentStatus::Deleted.as_str()),
            comments::shown.eq(comments::reply_count.gt(0)),
            comments::revision.eq(comments::revision + 1),
            comments::deleted_at.eq(now),
            nothing,
        ))
        .execute(conn)
        .await
}

/// Forgets what comments say beside their text: whom they mention, and what they quote.
pub async fn forget_beside(conn: &mut Conn, ids: &[Uuid]) -> QueryResult<usize> {
    diesel::delete(mentions::table.filter(mentions::comment_id.eq_any(ids))).execute(conn).await?;
    let says_any = comments::quote.is_not_null().or(comments::mention_count.gt(0));
    diesel::update(comments::table.filter(comments::id.eq_any(ids).and(says_any)))
        .set((comments::quote.eq(None::<String>), comments::mention_count.eq(0)))
        .execute(conn)
        .await
}

/// Whether anything is by somebody.
pub async fn has(conn: &mut Conn, author: Author) -> QueryResult<bool> {
    match author {
        Author::Member(id) => {
            select(exists(comments::table.filter(comments::account_id.eq(id)))).get_result(conn).await
        }
        Author::Guest(id) => select(exists(comments::table.filter(comments::guest_id.eq(id)))).get_result(conn).await,
    }
}

/// Forgets a guest who has no comments any more; codes that were mailed go too.
pub async fn forget_guest(conn: &mut Conn, id: Uuid) -> QueryResult<usize> {
    diesel::delete(guests::table.find(id)).execute(conn).await
}

/// Guests whose address was confirmed to be this one.
pub async fn verified_guests(conn: &mut Conn, email_hash: &[u8]) -> QueryResult<Vec<Uuid>> {
    guests::table
        .filter(guests::email_hash.eq(email_hash).and(guests::email_verified_at.is_not_null()))
        .select(guests::id)
        .load(conn)
        .await
}

/// The keyed hash of the address that a guest confirmed.
pub async fn verified_address(conn: &mut Conn, guest_id: Uuid) -> QueryResult<Option<Vec<u8>>> {
    let confirmed = guests::table.find(guest_id).filter(guests::email_verified_at.is_not_null());
    Ok(confirmed.select(guests::email_hash).first(conn).await.optional()?.flatten())
}

/// Takes an address off guests, and back the codes that went there.
pub async fn forget_address(conn: &mut Conn, email_hash: &[u8]) -> QueryResult<usize> {
    diesel::delete(guest_codes::table.filter(guest_codes::email_hash.eq(email_hash))).execute(conn).await?;
    diesel::update(guests::table.filter(guests::email_hash.eq(email_hash)))
        .set((
            guests::email_hash.eq(None::<Vec<u8>>),
            guests::email_sealed.eq(None::<Vec<u8>>),
            guests::email_verified_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(conn)
        .await
}

/// Somebody's comments, the oldest first: ids begin with the time at which they were made.
pub async fn page(conn: &mut Conn, account_id: Uuid, after: Uuid, limit: i64) -> QueryResult<Vec<OwnRow>> {
    comments::table
        .inner_join(articles::table)
        .filter(comments::account_id.eq(account_id).and(comments::id.gt(after)))
        .order(comments::id)
        .limit(limit)
        .select((
            comments::id,
            articles::slug,
            comments::parent_id,
            comments::section_id,
            comments::quote,
            comments::status,
            comments::body_markdown,
            comments::created_at,
            comments::edited_at,
            comments::deleted_at,
        ))
        .load(conn)
        .await
}
