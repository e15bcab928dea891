//! Writing to threads. Whoever does holds their counter rows until the end of the transaction, and takes them before any
//! comment, so that two writers never wait for each other. What concerns many rows is sent as arrays: one prepared
//! statement serves any number of them.

use super::super::types::{Change, Counts, Growth, GuestRow, Lock, Parent, Top};
use crate::db::{
    Conn, Prepare,
    schema::{comments, guests, threads},
};
use diesel::{
    dsl::AsSelect,
    expression::Expression,
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_query,
    sql_types::{Array, BigInt, Integer, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use std::collections::BTreeMap;
use uuid::Uuid;

pub async fn insert_guests(conn: &mut Conn, rows: &[GuestRow]) -> QueryResult<usize> {
    diesel::insert_into(guests::table).values(rows).execute(conn).await
}

/// Takes the counter rows of threads, which grow as is said, and makes those that are missing. Gives them as they were before.
/// Rows are locked in the order of their articles, so that two writers of many threads never wait for each other.
pub async fn lock_threads(mut conn: &Conn, growths: &BTreeMap<Uuid, Growth>) -> QueryResult<Vec<Lock>> {
    let query = LockThreads { growths: growths.into(), returned: Lock::as_select() };
    let locks: Vec<Lock> = query.load(&mut conn).await?;
    let before = |lock: Lock| lock - growths.get(&lock.article_id).copied().unwrap_or_default();
    Ok(locks.into_iter().map(before).collect())
}

#[derive(QueryId)]
struct LockThreads {
    growths: Growths,
    returned: AsSelect<Lock, Pg>,
}

impl Query for LockThreads {
    type SqlType = <AsSelect<Lock, Pg> as Expression>::SqlType;
}

impl QueryFragment<Pg> for LockThreads {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "INSERT INTO threads (article_id, version, last_position, comment_count, root_count, last_root_no)
             SELECT * FROM ",
        );
        self.growths.walk_ast(out.reborrow())?;
        out.push_sql(
            " ON CONFLICT (article_id) DO UPDATE SET version = threads.version + excluded.version,
                 last_position = threads.last_position + excluded.last_position,
                 comment_count = threads.comment_count + excluded.comment_count,
                 root_count = threads.root_count + excluded.root_count,
                 last_root_no = threads.last_root_no + excluded.last_root_no RETURNING ",
        );
        self.returned.walk_ast(out)
    }
}

/// Growths as arrays, in the order of their articles.
#[derive(Default, QueryId)]
struct Growths {
    articles: Vec<Uuid>,
    versions: Vec<i64>,
    positions: Vec<i64>,
    visible: Vec<i32>,
    roots: Vec<i32>,
    root_nos: Vec<i32>,
}

impl From<&BTreeMap<Uuid, Growth>> for Growths {
    fn from(growths: &BTreeMap<Uuid, Growth>) -> Self {
        let mut columns = Self::default();
        for (article_id, growth) in growths {
            columns.articles.push(*article_id);
            columns.versions.push(growth.versions);
            columns.positions.push(growth.positions);
            columns.visible.push(growth.visible);
            columns.roots.push(growth.roots);
            columns.root_nos.push(growth.root_nos);
        }
        columns
    }
}

impl QueryFragment<Pg> for Growths {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("unnest(");
        out.push_bind_param::<Array<SqlUuid>, _>(&self.articles)?;
        for counters in [&self.versions, &self.positions] {
            out.push_sql(", ");
            out.push_bind_param::<Array<BigInt>, _>(counters)?;
        }
        for counters in [&self.visible, &self.roots, &self.root_nos] {
            out.push_sql(", ");
            out.push_bind_param::<Array<Integer>, _>(counters)?;
        }
        out.push_sql(") AS more (article_id, versions, positions, visible, roots, root_nos)");
        Ok(())
    }
}

/// Takes the counter row of the thread that a comment stands in. Gives it with the version of what is going to be written.
pub async fn lock(conn: &mut Conn, comment_id: Uuid) -> QueryResult<Option<Lock>> {
    let article = comments::table.filter(comments::id.eq(comment_id)).select(comments::article_id);
    diesel::update(threads::table.filter(threads::article_id.eq_any(article)))
        .set(threads::version.eq(threads::version + 1))
        .returning(Lock::as_returning())
        .get_result(conn)
        .await
        .optional()
}

/// The comments with these ids, as replies to them see them.
pub async fn parents(mut conn: &Conn, ids: &[Uuid]) -> QueryResult<Vec<Parent>> {
    comments::table.filter(comments::id.eq_any(ids)).select(Parent::as_select()).load(&mut conn).await
}

/// Counts more replies, descendants and answers. Their parents are visible, so nothing above appears with them.
pub async fn count_replies(mut conn: &Conn, counts: &[(Uuid, Counts)]) -> QueryResult<usize> {
    let query = CountReplies {
        ids: counts.iter().map(|(id, _)| *id).collect(),
        replies: counts.iter().map(|(_, counts)| counts.replies).collect(),
        descendants: counts.iter().map(|(_, counts)| counts.descendants).collect(),
        answers: counts.iter().map(|(_, counts)| counts.answers).collect(),
    };
    query.execute(&mut conn).await
}

#[derive(QueryId)]
struct CountReplies {
    ids: Vec<Uuid>,
    replies: Vec<i32>,
    descendants: Vec<i32>,
    answers: Vec<i32>,
}

impl QueryFragment<Pg> for CountReplies {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "UPDATE comments SET reply_count = reply_count + more.replies,
                 descendant_count = descendant_count + more.descendants,
                 answers = comments.answers + more.answers FROM unnest(",
        );
        out.push_bind_param::<Array<SqlUuid>, _>(&self.ids)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.replies)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.descendants)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.answers)?;
        out.push_sql(") AS more (id, replies, descendants, answers) WHERE comments.id = more.id");
        Ok(())
    }
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
            comments::deleted_at.eq(change.deleted_at),
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
    .prepared()
    .get_result(conn)
    .await
    .optional()
}

/// Adds to the counters of threads that are held.
pub async fn add(mut conn: &Conn, growths: &BTreeMap<Uuid, Growth>) -> QueryResult<usize> {
    Add(growths.into()).execute(&mut conn).await
}

#[derive(QueryId)]
struct Add(Growths);

impl QueryFragment<Pg> for Add {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "UPDATE threads SET version = version + more.versions, last_position = last_position + more.positions,
                 comment_count = comment_count + more.visible, root_count = root_count + more.roots,
                 last_root_no = last_root_no + more.root_nos FROM ",
        );
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(" WHERE threads.article_id = more.article_id");
        Ok(())
    }
}
