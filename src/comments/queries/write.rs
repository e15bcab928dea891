//! Writing to a thread. Whoever does holds its counter row until the end of the transaction, and takes it before any
//! comment, so that two writers never wait for each other.

use super::super::types::{Change, GuestRow, Lock, NewRow, Parent, Top};
use crate::db::{
    Conn,
    schema::{comments, guests, threads},
};
use diesel::{
    dsl::{case_when, exists, select},
    prelude::*,
    sql_query,
    sql_types::{Integer, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Whether this guest writes on this article.
pub async fn is_guest_of(conn: &mut Conn, guest_id: Uuid, article_id: Uuid) -> QueryResult<bool> {
    let guest = guests::table.filter(guests::id.eq(guest_id).and(guests::article_id.eq(article_id)));
    select(exists(guest)).get_result(conn).await
}

pub async fn insert_guests(conn: &mut Conn, rows: &[GuestRow]) -> QueryResult<usize> {
    diesel::insert_into(guests::table).values(rows).execute(conn).await
}

/// Takes the thread's counter row with `positions` more positions, counting so many comments that will be visible and
/// roots that will be shown. Makes the row where it is missing.
pub async fn take_positions(
    conn: &mut Conn,
    article_id: Uuid,
    positions: i64,
    visible: i32,
    roots: i32,
) -> QueryResult<Lock> {
    diesel::insert_into(threads::table)
        .values((
            threads::article_id.eq(article_id),
            threads::version.eq(1),
            threads::last_position.eq(positions),
            threads::last_root_no.eq(roots),
            threads::comment_count.eq(visible),
            threads::root_count.eq(roots),
        ))
        .on_conflict(threads::article_id)
        .do_update()
        .set((
            threads::version.eq(threads::version + 1),
            threads::last_position.eq(threads::last_position + positions),
            threads::last_root_no.eq(threads::last_root_no + roots),
            threads::comment_count.eq(threads::comment_count + visible),
            threads::root_count.eq(threads::root_count + roots),
        ))
        .returning(Lock::as_returning())
        .get_result(conn)
        .await
}

/// Takes the counter row of the thread that a comment stands in.
pub async fn lock(conn: &mut Conn, comment_id: Uuid) -> QueryResult<Option<Lock>> {
    let article = comments::table.filter(comments::id.eq(comment_id)).select(comments::article_id);
    diesel::update(threads::table.filter(threads::article_id.eq_any(article)))
        .set(threads::version.eq(threads::version + 1))
        .returning(Lock::as_returning())
        .get_result(conn)
        .await
        .optional()
}

/// The comments with these ids on an article, as replies to them see them.
pub async fn parents(conn: &mut Conn, article_id: Uuid, ids: &[Uuid]) -> QueryResult<Vec<Parent>> {
    comments::table
        .filter(comments::id.eq_any(ids).and(comments::article_id.eq(article_id)))
        .select(Parent::as_select())
        .load(conn)
        .await
}

pub async fn insert(conn: &mut Conn, rows: &[NewRow]) -> QueryResult<usize> {
    diesel::insert_into(comments::table).values(rows).execute(conn).await
}

/// Counts one more reply that is shown. Its parent is visible, so nothing above appears with it.
pub async fn count_reply(conn: &mut Conn, parent_id: Uuid, root_id: Uuid) -> QueryResult<usize> {
    let (is_parent, is_root) = (comments::id.eq(parent_id), comments::id.eq(root_id));
    diesel::update(comments::table.filter(comments::id.eq_any([parent_id, root_id])))
        .set((
            comments::reply_count.eq(comments::reply_count + case_when::<_, _, Integer>(is_parent, 1).otherwise(0)),
            comments::descendant_count
                .eq(comments::descendant_count + case_when::<_, _, Integer>(is_root, 1).otherwise(0)),
        ))
        .execute(conn)
        .await
}

/// Changes a comment. `shown` and `root_no` are what follows from it; counters are not touched.
pub async fn change(
    conn: &mut Conn,
    id: Uuid,
    change: &Change<'_>,
    shown: bool,
    root_no: Option<i32>,
) -> QueryResult<usize> {
    diesel::update(comments::table.find(id))
        .set((
            comments::status.eq(change.status.as_str()),
            comments::shown.eq(shown),
            comments::root_no.eq(root_no),
            comments::revision.eq(comments::revision + i64::from(change.text.is_some())),
            change.text,
            change.edited_at.map(|at| comments::edited_at.eq(at)),
            change.deleted_at.map(|at| (comments::deleted_at.eq(at), comments::quote.eq(None::<String>))),
        ))
        .execute(conn)
        .await
}

/// Sets right what stands above a comment that appeared (`step` 1) or disappeared (-1): its parent has one reply
/// more or less; a tombstone that has its first or last reply by that appears or disappears too, and so on up; the
/// root counts all that did below it. A root that is shown for the first time takes `next_root_no`.
#[expect(clippy::disallowed_methods, reason = "recursion is not in the query builder")]
pub async fn climb(
    conn: &mut Conn,
    parent_id: Uuid,
    root_id: Uuid,
    step: i32,
    next_root_no: i32,
) -> QueryResult<Option<Top>> {
    sql_query(
        "WITH RECURSIVE above AS (
             SELECT id, parent_id, status <> 'visible' AND reply_count = (1 - $3) / 2 AS turned
             FROM comments WHERE id = $1
             UNION ALL
             SELECT comments.id, comments.parent_id, status <> 'visible' AND reply_count = (1 - $3) / 2
             FROM above JOIN comments ON comments.id = above.parent_id WHERE above.turned
         ), moved AS (
             SELECT 1 + count(*) FILTER (WHERE turned AND parent_id IS NOT NULL) AS number FROM above
         ), target AS (
             SELECT id, coalesce(turned, false) AS turned,
                    CASE WHEN above.id IS NULL THEN 0 ELSE $3 END AS replies,
                    CASE WHEN id = $2 THEN $3 * number ELSE 0 END AS descendants
             FROM (SELECT id FROM above UNION SELECT $2) AS ids LEFT JOIN above USING (id) CROSS JOIN moved
         ), changed AS (
             UPDATE comments
             SET reply_count = reply_count + replies,
                 descendant_count = descendant_count + descendants,
                 shown = status = 'visible' OR reply_count + replies > 0,
                 root_no = CASE WHEN comments.id = $2 AND turned THEN coalesce(root_no, $4) ELSE root_no END
             FROM target WHERE comments.id = target.id
             RETURNING comments.id, turned, root_no
         )
         SELECT turned, root_no FROM changed WHERE id = $2",
    )
    .bind::<SqlUuid, _>(parent_id)
    .bind::<SqlUuid, _>(root_id)
    .bind::<Integer, _>(step)
    .bind::<Integer, _>(next_root_no)
    .get_result(conn)
    .await
    .optional()
}

/// Adds to the counters of a thread that is held.
pub async fn add(conn: &mut Conn, article_id: Uuid, visible: i32, roots: i32, root_nos: i32) -> QueryResult<usize> {
    diesel::update(threads::table.find(article_id))
        .set((
            threads::comment_count.eq(threads::comment_count + visible),
            threads::root_count.eq(threads::root_count + roots),
            threads::last_root_no.eq(threads::last_root_no + root_nos),
        ))
        .execute(conn)
        .await
}
