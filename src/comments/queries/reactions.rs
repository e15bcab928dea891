//! Who gave which comment what. Whoever writes here holds the counter row of the comment's thread, so that the counts on
//! the comment follow exactly.

use super::super::types::{NewReaction, OwnReactions, Rated, ReactionCounts, Reader, Taken};
use crate::db::{
    Conn, Prepare,
    schema::{comments, reactions},
};
use diesel::{
    dsl::{exists, select},
    prelude::*,
    sql_query,
    sql_types::{Array, BigInt, Jsonb, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

/// Notes a reaction. None is noted twice.
pub async fn give(conn: &mut Conn, row: &NewReaction<'_>) -> QueryResult<bool> {
    let inserted = diesel::insert_into(reactions::table).values(row).on_conflict_do_nothing().execute(conn).await?;
    Ok(inserted == 1)
}

/// Takes a reaction back. False when there is none.
pub async fn take(conn: &mut Conn, comment_id: Uuid, kind: &str, reader: Reader) -> QueryResult<bool> {
    let key = (comment_id, kind, reader.id());
    Ok(diesel::delete(reactions::table.find(key)).execute(conn).await? == 1)
}

/// What somebody gave a comment.
pub async fn given(conn: &mut Conn, comment_id: Uuid, reader: Reader) -> QueryResult<Vec<String>> {
    reactions::table
        .filter(reactions::comment_id.eq(comment_id).and(reactions::person_id.eq(reader.id())))
        .order(reactions::kind)
        .select(reactions::kind)
        .load(conn)
        .await
}

/// The counts of a comment, and its rank.
pub async fn rate(conn: &mut Conn, comment_id: Uuid, counts: &ReactionCounts, rank: i64) -> QueryResult<usize> {
    diesel::update(comments::table.find(comment_id))
        .set((comments::reactions.eq(counts.stored()), comments::rank.eq(rank)))
        .execute(conn)
        .await
}

/// Whether somebody gave anything.
pub async fn has(conn: &mut Conn, reader: Reader) -> QueryResult<bool> {
    select(exists(reactions::table.filter(reactions::person_id.eq(reader.id())))).get_result(conn).await
}

/// The articles of `limit` of somebody's reactions, which may be named more than once.
pub async fn articles_of(conn: &mut Conn, reader: Reader, limit: i64) -> QueryResult<Vec<Uuid>> {
    reactions::table
        .filter(reactions::person_id.eq(reader.id()))
        .order(reactions::article_id)
        .limit(limit)
        .select(reactions::article_id)
        .load(conn)
        .await
}

/// Takes back what somebody gave in threads that are held, to `limit` comments at most.
pub async fn take_all(conn: &mut Conn, reader: Reader, held: &[Uuid], limit: i64) -> QueryResult<Vec<Taken>> {
    let theirs =
        || reactions::table.filter(reactions::person_id.eq(reader.id()).and(reactions::article_id.eq_any(held)));
    let ids: Vec<Uuid> = theirs().select(reactions::comment_id).distinct().limit(limit).load(conn).await?;
    diesel::delete(theirs().filter(reactions::comment_id.eq_any(ids)))
        .returning(Taken::as_returning())
        .get_results(conn)
        .await
}

/// What is known of the reactions to these comments.
pub async fn rated(conn: &mut Conn, ids: &[Uuid]) -> QueryResult<Vec<Rated>> {
    comments::table.filter(comments::id.eq_any(ids)).select(Rated::as_select()).load(conn).await
}

/// The counts and ranks of many comments.
#[expect(clippy::disallowed_methods, reason = "unnest of several arrays is not in the query builder")]
pub async fn rate_all(conn: &mut Conn, ids: &[Uuid], counts: &[Value], ranks: &[i64]) -> QueryResult<usize> {
    sql_query(
        "UPDATE comments SET reactions = rated.reactions, rank = rated.rank
         FROM unnest($1, $2, $3) AS rated (id, reactions, rank)
         WHERE comments.id = rated.id",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .bind::<Array<Jsonb>, _>(counts)
    .bind::<Array<BigInt>, _>(ranks)
    .prepared()
    .execute(conn)
    .await
}

/// What an account gave, comment by comment in the order of their ids.
#[expect(clippy::disallowed_methods, reason = "an aggregate with an order is not in the query builder")]
pub async fn page(conn: &mut Conn, account_id: Uuid, after: Uuid, limit: i64) -> QueryResult<Vec<OwnReactions>> {
    sql_query(
        "SELECT comment_id, articles.slug AS article, array_agg(kind ORDER BY kind) AS kinds
         FROM reactions JOIN articles ON articles.id = reactions.article_id
         WHERE person_id = $1 AND comment_id > $2
         GROUP BY comment_id, articles.slug ORDER BY comment_id LIMIT $3",
    )
    .bind::<SqlUuid, _>(account_id)
    .bind::<SqlUuid, _>(after)
    .bind::<BigInt, _>(limit)
    .prepared()
    .load(conn)
    .await
}
