//! Taking somebody off what they wrote, many comments at a time.

use super::super::{
    rules::Fallen,
    types::{Author, CommentStatus, Lock, OwnRow, Standing, Text, Written},
};
use crate::db::{
    Conn,
    schema::{articles, comments, guest_codes, guests, threads},
};
use chrono::{DateTime, Utc};
use diesel::{
    dsl::{IntoBoxed, exists, select},
    pg::Pg,
    prelude::*,
    sql_query,
    sql_types::{Array, Integer, Uuid as SqlUuid},
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

/// These comments and what stands above them, up to the first that is visible.
#[expect(clippy::disallowed_methods, reason = "recursion is not in the query builder")]
pub async fn standing(conn: &mut Conn, ids: &[Uuid]) -> QueryResult<Vec<Standing>> {
    sql_query(
        "WITH RECURSIVE above AS (
             SELECT id, article_id, parent_id, root_id, status = 'visible' AS visible, reply_count
             FROM comments WHERE id = ANY($1)
             UNION
             SELECT comments.id, comments.article_id, comments.parent_id, comments.root_id,
                    comments.status = 'visible', comments.reply_count
             FROM above JOIN comments ON comments.id = above.parent_id WHERE NOT above.visible
         )
         SELECT * FROM above",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .load(conn)
    .await
}

/// Lowers the counters of comments, and hides what by that has nothing left to show.
#[expect(clippy::disallowed_methods, reason = "unnest of several arrays is not in the query builder")]
pub async fn lower(conn: &mut Conn, fallen: &Fallen) -> QueryResult<usize> {
    let (ids, replies, descendants) = fallen.comments();
    sql_query(
        "UPDATE comments
         SET reply_count = reply_count - replies,
             descendant_count = descendant_count - descendants,
             shown = status = 'visible' OR reply_count - replies > 0
         FROM unnest($1, $2, $3) AS less (id, replies, descendants)
         WHERE comments.id = less.id",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .bind::<Array<Integer>, _>(replies)
    .bind::<Array<Integer>, _>(descendants)
    .execute(conn)
    .await
}

/// Lowers the counters of threads that are held.
#[expect(clippy::disallowed_methods, reason = "unnest of several arrays is not in the query builder")]
pub async fn lower_threads(conn: &mut Conn, fallen: &Fallen) -> QueryResult<usize> {
    let (ids, visible, roots) = fallen.threads();
    sql_query(
        "UPDATE threads
         SET comment_count = comment_count - visible, root_count = root_count - roots
         FROM unnest($1, $2, $3) AS less (id, visible, roots)
         WHERE threads.article_id = less.id",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .bind::<Array<Integer>, _>(visible)
    .bind::<Array<Integer>, _>(roots)
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
            comments::status,
            comments::body_markdown,
            comments::created_at,
            comments::edited_at,
            comments::deleted_at,
        ))
        .load(conn)
        .await
}
