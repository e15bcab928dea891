//! Statements on how comments hang in their threads, many at a time.

use super::super::{
    rules::Settled,
    types::{CommentStatus, Counts, Node},
};
use crate::db::{Conn, Prepare};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, Integer, Nullable, Text, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// These comments and what stands above each of them, up to the first that is visible.
#[expect(clippy::disallowed_methods, reason = "recursion is not in the query builder")]
pub async fn nodes(conn: &mut Conn, ids: &[Uuid]) -> QueryResult<Vec<Node>> {
    sql_query(
        "WITH RECURSIVE above AS (
             SELECT id, article_id, parent_id, root_id, depth, position, status = 'visible' AS visible, reply_count,
                    parent_id IS NOT NULL AND answers > 0 AS is_answer, root_no
             FROM comments WHERE id = ANY($1)
             UNION
             SELECT comments.id, comments.article_id, comments.parent_id, comments.root_id, comments.depth,
                    comments.position, comments.status = 'visible', comments.reply_count,
                    comments.parent_id IS NOT NULL AND comments.answers > 0, comments.root_no
             FROM above JOIN comments ON comments.id = above.parent_id
             WHERE NOT above.visible OR above.id = ANY($1)
         )
         SELECT * FROM above",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .prepared()
    .load(conn)
    .await
}

/// What becomes of a comment when a thread is settled.
#[derive(Debug, Clone, Copy, Default)]
pub struct Settlement {
    pub id: Uuid,
    /// Another status; none where it keeps its own.
    pub status: Option<CommentStatus>,
    /// What is more below it, or less.
    pub counts: Counts,
    /// The number of a root that is shown for the first time.
    pub root_no: Option<i32>,
}

/// Sets right the statuses, counters and numbers of comments, and shows or hides what follows from them.
#[expect(clippy::disallowed_methods, reason = "unnest of several arrays is not in the query builder")]
pub async fn settle(conn: &mut Conn, rows: &[Settlement]) -> QueryResult<usize> {
    let statuses: Vec<Option<&str>> = rows.iter().map(|row| row.status.map(CommentStatus::as_str)).collect();
    sql_query(
        "UPDATE comments
         SET status = coalesce(more.status, comments.status),
             reply_count = reply_count + replies,
             descendant_count = descendant_count + descendants,
             answers = comments.answers + more.answers,
             shown = coalesce(more.status, comments.status) = 'visible' OR reply_count + replies > 0,
             root_no = coalesce(comments.root_no, more.root_no)
         FROM unnest($1, $2, $3, $4, $5, $6) AS more (id, status, replies, descendants, answers, root_no)
         WHERE comments.id = more.id",
    )
    .bind::<Array<SqlUuid>, _>(rows.iter().map(|row| row.id).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(statuses)
    .bind::<Array<Integer>, _>(rows.iter().map(|row| row.counts.replies).collect::<Vec<_>>())
    .bind::<Array<Integer>, _>(rows.iter().map(|row| row.counts.descendants).collect::<Vec<_>>())
    .bind::<Array<Integer>, _>(rows.iter().map(|row| row.counts.answers).collect::<Vec<_>>())
    .bind::<Array<Nullable<Integer>>, _>(rows.iter().map(|row| row.root_no).collect::<Vec<_>>())
    .prepared()
    .execute(conn)
    .await
}

impl Settlement {
    /// What follows from a change of statuses.
    #[must_use]
    pub fn all(settled: &Settled, statuses: &HashMap<Uuid, CommentStatus>, root_nos: &HashMap<Uuid, i32>) -> Vec<Self> {
        let ids: BTreeSet<Uuid> =
            settled.comments.keys().chain(statuses.keys()).chain(root_nos.keys()).copied().collect();
        let settlement = |id| {
            let counts = settled.comments.get(&id).copied().unwrap_or_default();
            let (status, root_no) = (statuses.get(&id).copied(), root_nos.get(&id).copied());
            Self { id, status, counts, root_no }
        };
        ids.into_iter().map(settlement).collect()
    }
}
