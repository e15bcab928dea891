//! Statements on who speaks to whom.

use super::super::types::Exchange;
use crate::db::{Conn, Prepare, schema::comments};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// These comments as somebody's word to somebody, those that there are, in one statement. All is looked up by keys: a join
/// might read all accounts for a handful of comments, and EXISTS all that staff have ever written.
#[expect(clippy::disallowed_methods, reason = "subqueries as columns, on aliases, are not in the query builder")]
pub async fn among(conn: &mut Conn, ids: &[Uuid]) -> QueryResult<Vec<Exchange>> {
    sql_query(
        "SELECT said.id, said.article_id, said.section_id, said.parent_id, said.root_id, said.created_at,
                said.status = 'visible' AS visible, said.account_id, said.guest_id IS NOT NULL AS by_guest,
                coalesce((
                    SELECT accounts.role IN ('coach', 'moderator', 'admin') FROM accounts
                    WHERE accounts.id = said.account_id
                ), false) AS by_staff,
                CASE WHEN parent.by_staff THEN parent.account_id END AS to_staff,
                parent.id IS NOT NULL AND NOT parent.by_staff AND (parent.parent_id IS NULL OR coalesce((
                    SELECT accounts.role IN ('coach', 'moderator', 'admin')
                    FROM comments AS above JOIN accounts ON accounts.id = above.account_id
                    WHERE above.id = parent.parent_id
                ), false) OR coalesce((
                    SELECT bool_or(accounts.role IN ('coach', 'moderator', 'admin'))
                    FROM mentions JOIN accounts ON accounts.id = mentions.account_id
                    WHERE mentions.comment_id = parent.id
                ), false)) AS parent_asks,
                coalesce((
                    SELECT root.id = parent.id OR root.account_id = parent.account_id OR root.guest_id = parent.guest_id
                    FROM comments AS root WHERE root.id = said.root_id
                ), false) AS parent_by_asker,
                NOT coalesce((
                    SELECT accounts.role IN ('coach', 'moderator', 'admin')
                    FROM comments AS root JOIN accounts ON accounts.id = root.account_id
                    WHERE root.id = said.root_id
                ), false) AS root_asks,
                ARRAY(
                    SELECT mentions.account_id FROM mentions JOIN accounts ON accounts.id = mentions.account_id
                    WHERE mentions.comment_id = said.id AND accounts.role IN ('coach', 'moderator', 'admin')
                ) AS mentioned,
                greatest(
                    (SELECT reviews.priority FROM reviews WHERE reviews.comment_id = said.id),
                    (SELECT max(verdicts.priority) FROM verdicts
                     WHERE verdicts.comment_id = said.id AND verdicts.undone_at IS NULL),
                    0::smallint
                ) AS priority
         FROM comments AS said LEFT JOIN LATERAL (
             SELECT above.id, above.parent_id, above.account_id, above.guest_id, coalesce((
                 SELECT accounts.role IN ('coach', 'moderator', 'admin') FROM accounts
                 WHERE accounts.id = above.account_id
             ), false) AS by_staff
             FROM comments AS above WHERE above.id = said.parent_id
         ) AS parent ON true
         WHERE said.id = ANY($1)",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .prepared()
    .load(conn)
    .await
}

/// The next comments of all, by their ids.
pub async fn walk(conn: &mut Conn, after: Uuid, limit: i64) -> QueryResult<Vec<Uuid>> {
    let next = comments::table.filter(comments::id.gt(after)).order(comments::id).limit(limit);
    next.select(comments::id).load(conn).await
}

/// The next comments of an article, in the order in which they were posted.
#[expect(clippy::disallowed_methods, reason = "a subquery on an alias is not in the query builder")]
pub async fn walk_article(conn: &mut Conn, article_id: Uuid, after: Uuid, limit: i64) -> QueryResult<Vec<Uuid>> {
    #[derive(QueryableByName)]
    struct Next {
        #[diesel(sql_type = SqlUuid)]
        id: Uuid,
    }
    let next: Vec<Next> = sql_query(
        "SELECT id FROM comments
         WHERE article_id = $1
           AND position > coalesce((SELECT last.position FROM comments AS last WHERE last.id = $2), -1)
         ORDER BY position LIMIT $3",
    )
    .bind::<SqlUuid, _>(article_id)
    .bind::<SqlUuid, _>(after)
    .bind::<BigInt, _>(limit)
    .prepared()
    .load(conn)
    .await?;
    Ok(next.into_iter().map(|next| next.id).collect())
}
