//! Counters: as they are stored, and as counting gives them.

use super::super::types::{Counted, Drift};
use crate::db::{
    Conn,
    schema::{article_slugs, articles, threads},
};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Nullable, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// The stored counts of the published articles among those that have or had these slugs.
pub async fn counted(conn: &mut Conn, slugs: &[&str]) -> QueryResult<Vec<Counted>> {
    article_slugs::table
        .inner_join(articles::table.on(articles::id.eq(article_slugs::article_id)))
        .left_join(threads::table.on(threads::article_id.eq(articles::id)))
        .filter(article_slugs::slug.eq_any(slugs))
        .filter(articles::status.eq("published"))
        .select((article_slugs::slug, articles::id, threads::comment_count.nullable()))
        .load(conn)
        .await
}

/// What the counters of one article ($1), or of all, should hold: in `counted` for each comment, in `total` for each
/// article that has any.
const COUNTING: &str = "
    WITH RECURSIVE showing AS (
        SELECT id, parent_id, root_id FROM comments
        WHERE status = 'visible' AND ($1 IS NULL OR article_id = $1)
        UNION
        SELECT comments.id, comments.parent_id, comments.root_id
        FROM showing JOIN comments ON comments.id = showing.parent_id
    ), replies AS (
        SELECT parent_id AS id, count(*) AS number FROM showing WHERE parent_id IS NOT NULL GROUP BY parent_id
    ), descendants AS (
        SELECT root_id AS id, count(*) AS number FROM showing WHERE parent_id IS NOT NULL GROUP BY root_id
    ), answered AS (
        SELECT root_id AS id, count(*) AS number FROM comments
        WHERE status = 'visible' AND parent_id IS NOT NULL AND answers > 0 AND ($1 IS NULL OR article_id = $1) GROUP BY root_id
    ), given AS (
        SELECT id, jsonb_object_agg(kind, number) AS reactions, sum(number) AS number
        FROM (SELECT comments.id, kind, count(*) AS number
              FROM comments JOIN reactions ON reactions.comment_id = comments.id
              WHERE $1 IS NULL OR comments.article_id = $1
              GROUP BY comments.id, kind) AS kinds
        GROUP BY id
    ), counted AS (
        SELECT comments.id, showing.id IS NOT NULL AS shown,
               coalesce(replies.number, 0) AS reply_count, coalesce(descendants.number, 0) AS descendant_count,
               CASE WHEN comments.parent_id IS NULL THEN coalesce(answered.number, 0)
                    ELSE comments.answers END AS answers,
               coalesce(given.number, 0)::bigint AS given, coalesce(given.reactions, '{}') AS reactions,
               round((ln(1 + coalesce(given.number, 0)::float8)
                      + extract(epoch FROM created_at)::float8 / 172800) * 1e6)::bigint AS rank
        FROM comments
        LEFT JOIN given ON given.id = comments.id
        LEFT JOIN showing ON showing.id = comments.id
        LEFT JOIN replies ON replies.id = comments.id
        LEFT JOIN descendants ON descendants.id = comments.id
        LEFT JOIN answered ON answered.id = comments.id
        WHERE $1 IS NULL OR article_id = $1
    ), total AS (
        SELECT article_id, count(*) FILTER (WHERE status = 'visible') AS comment_count,
               count(*) FILTER (WHERE parent_id IS NULL AND counted.shown) AS root_count,
               coalesce(max(root_no), 0) AS last_root_no, max(position) AS last_position
        FROM comments JOIN counted ON counted.id = comments.id
        GROUP BY article_id
    )";

/// Every stored counter that is not what counting gives. A rank is not exact: what computes it here rounds otherwise than
/// [`rank`](super::super::rules::rank) does.
#[expect(clippy::disallowed_methods, reason = "recursion and VALUES are not in the query builder")]
pub async fn drift(conn: &mut Conn) -> QueryResult<Vec<Drift>> {
    sql_query(format!(
        "{COUNTING}
         SELECT article_id, comments.id AS comment_id, counter, stored, found AS counted
         FROM comments JOIN counted ON counted.id = comments.id
         CROSS JOIN LATERAL (VALUES
             ('shown', comments.shown::int::bigint, counted.shown::int::bigint, false),
             ('reply_count', comments.reply_count, counted.reply_count, false),
             ('descendant_count', comments.descendant_count, counted.descendant_count, false),
             ('answers', comments.answers, counted.answers, false),
             ('reactions', (SELECT coalesce(sum(value::bigint), 0)::bigint FROM jsonb_each(comments.reactions)), given,
              comments.reactions <> counted.reactions),
             ('rank', comments.rank, CASE WHEN abs(comments.rank - counted.rank) > 1 THEN counted.rank
                                          ELSE comments.rank END, false)
         ) AS each (counter, stored, found, differs)
         WHERE stored <> found OR differs
         UNION ALL
         SELECT article_id, NULL, counter, stored, found
         FROM threads FULL JOIN total USING (article_id)
         CROSS JOIN LATERAL (VALUES
             ('comment_count', coalesce(threads.comment_count, 0)::bigint, coalesce(total.comment_count, 0), true),
             ('root_count', coalesce(threads.root_count, 0), coalesce(total.root_count, 0), true),
             ('last_root_no', coalesce(threads.last_root_no, 0), coalesce(total.last_root_no, 0), false),
             ('last_position', coalesce(threads.last_position, 0), coalesce(total.last_position, 0), false)
         ) AS each (counter, stored, found, exact)
         WHERE stored < found OR (exact AND stored <> found)
         ORDER BY article_id, comment_id NULLS FIRST, counter"
    ))
    .bind::<Nullable<SqlUuid>, _>(None::<Uuid>)
    .load(conn)
    .await
}

/// Sets every counter of an article's comments to what counting gives.
#[expect(clippy::disallowed_methods, reason = "recursion is not in the query builder")]
pub async fn settle_comments(conn: &mut Conn, article_id: Uuid) -> QueryResult<usize> {
    sql_query(format!(
        "{COUNTING}
         UPDATE comments
         SET shown = counted.shown, reply_count = counted.reply_count, descendant_count = counted.descendant_count,
             answers = counted.answers, reactions = counted.reactions, rank = counted.rank
         FROM counted
         WHERE comments.id = counted.id
           AND ((comments.shown, comments.reply_count, comments.descendant_count, comments.answers,
                 comments.reactions)
                IS DISTINCT FROM (counted.shown, counted.reply_count, counted.descendant_count, counted.answers,
                                  counted.reactions)
                OR abs(comments.rank - counted.rank) > 1)"
    ))
    .bind::<Nullable<SqlUuid>, _>(Some(article_id))
    .execute(conn)
    .await
}

/// Numbers the roots that are shown and have no number yet, in the order of their positions.
#[expect(clippy::disallowed_methods, reason = "window functions are not in the query builder")]
pub async fn number_roots(conn: &mut Conn, article_id: Uuid) -> QueryResult<usize> {
    sql_query(
        "WITH numbered AS (
             SELECT comments.id, row_number() OVER (ORDER BY position) + greatest(
                        threads.last_root_no, (SELECT max(root_no) FROM comments WHERE article_id = $1)
                    ) AS root_no
             FROM comments JOIN threads USING (article_id)
             WHERE article_id = $1 AND parent_id IS NULL AND shown AND root_no IS NULL
         )
         UPDATE comments SET root_no = numbered.root_no FROM numbered WHERE comments.id = numbered.id",
    )
    .bind::<SqlUuid, _>(article_id)
    .execute(conn)
    .await
}

/// Sets the counters of a thread that is held to what counting gives. Positions and numbers once given stay given.
#[expect(clippy::disallowed_methods, reason = "recursion is not in the query builder")]
pub async fn settle_thread(conn: &mut Conn, article_id: Uuid) -> QueryResult<usize> {
    sql_query(format!(
        "{COUNTING}
         UPDATE threads
         SET comment_count = coalesce(total.comment_count, 0), root_count = coalesce(total.root_count, 0),
             last_root_no = greatest(threads.last_root_no, total.last_root_no),
             last_position = greatest(threads.last_position, total.last_position)
         FROM (SELECT 1) AS once LEFT JOIN total ON true
         WHERE threads.article_id = $1"
    ))
    .bind::<Nullable<SqlUuid>, _>(Some(article_id))
    .execute(conn)
    .await
}
