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

/// Takes the counter rows of threads, with as many more versions as are said, and makes those that are missing. Rows are
/// locked in the order of their articles, so that two writers of many threads never wait for each other.
pub async fn lock_threads(conn: &mut Conn, writes: &BTreeMap<Uuid, i64>) -> QueryResult<Vec<Lock>> {
    let (articles, versions): (Vec<Uuid>, Vec<i64>) =
        writes.iter().map(|(article, writes)| (*article, *writes)).unzip();
    LockThreads { articles, versions, returned: Lock::as_select() }.load(conn).await
}

#[derive(QueryId)]
struct LockThreads {
    articles: Vec<Uuid>,
    versions: Vec<i64>,
    returned: AsSelect<Lock, Pg>,
}

impl Query for LockThreads {
    type SqlType = <AsSelect<Lock, Pg> as Expression>::SqlType;
}

impl QueryFragment<Pg> for LockThreads {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("INSERT INTO threads (article_id, version) SELECT * FROM unnest(");
        out.push_bind_param::<Array<SqlUuid>, _>(&self.articles)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.versions)?;
        out.push_sql(
            ") ON CONFLICT (article_id) DO UPDATE SET version = threads.version + excluded.version RETURNING ",
        );
        self.returned.walk_ast(out)
    }
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

/// The comments with these ids, as replies to them see them.
pub async fn parents(conn: &mut Conn, ids: &[Uuid]) -> QueryResult<Vec<Parent>> {
    comments::table.filter(comments::id.eq_any(ids)).select(Parent::as_select()).load(conn).await
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
pub async fn add(mut conn: &Conn, growths: &[Growth]) -> QueryResult<usize> {
    let query = Add {
        articles: growths.iter().map(|growth| growth.article_id).collect(),
        positions: growths.iter().map(|growth| growth.positions).collect(),
        visible: growths.iter().map(|growth| growth.visible).collect(),
        roots: growths.iter().map(|growth| growth.roots).collect(),
        root_nos: growths.iter().map(|growth| growth.root_nos).collect(),
    };
    query.execute(&mut conn).await
}

#[derive(QueryId)]
struct Add {
    articles: Vec<Uuid>,
    positions: Vec<i64>,
    visible: Vec<i32>,
    roots: Vec<i32>,
    root_nos: Vec<i32>,
}

impl QueryFragment<Pg> for Add {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "UPDATE threads SET last_position = last_position + more.positions,
                 comment_count = comment_count + more.visible, root_count = root_count + more.roots,
                 last_root_no = last_root_no + more.root_nos FROM unnest(",
        );
        out.push_bind_param::<Array<SqlUuid>, _>(&self.articles)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.positions)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.visible)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.roots)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.root_nos)?;
        out.push_sql(
            ") AS more (article_id, positions, visible, roots, root_nos) WHERE threads.article_id = more.article_id",
        );
        Ok(())
    }
}
