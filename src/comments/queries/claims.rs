//! Statements that move what a guest left into an account.

use super::super::types::Taken;
use crate::db::{
    Conn,
    schema::{comments, guests, mentions, reactions},
};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// The article on which somebody is a guest.
pub async fn article_of(conn: &mut Conn, guest_id: Uuid) -> QueryResult<Option<Uuid>> {
    guests::table.find(guest_id).select(guests::article_id).first(conn).await.optional()
}

/// Gives a guest's first `limit` comments to an account. Returns them.
pub async fn move_comments(conn: &mut Conn, guest_id: Uuid, account_id: Uuid, limit: i64) -> QueryResult<Vec<Uuid>> {
    let first: Vec<Uuid> = comments::table
        .filter(comments::guest_id.eq(guest_id))
        .order(comments::id)
        .limit(limit)
        .select(comments::id)
        .load(conn)
        .await?;
    diesel::update(comments::table.filter(comments::id.eq_any(first)))
        .set((comments::account_id.eq(account_id), comments::guest_id.eq(None::<Uuid>)))
        .returning(comments::id)
        .get_results(conn)
        .await
}

/// The comments of a guest's first `limit` reactions, one for each.
pub async fn reacted_to(conn: &mut Conn, guest_id: Uuid, limit: i64) -> QueryResult<Vec<Uuid>> {
    reactions::table
        .filter(reactions::guest_id.eq(guest_id))
        .order((reactions::comment_id, reactions::kind))
        .limit(limit)
        .select(reactions::comment_id)
        .load(conn)
        .await
}

/// Takes back what these people gave to those of these comments that an account wrote.
pub async fn take_own_reactions(
    conn: &mut Conn,
    people: [Uuid; 2],
    account_id: Uuid,
    comment_ids: &[Uuid],
) -> QueryResult<Vec<Taken>> {
    let own = comments::table
        .filter(comments::id.eq_any(comment_ids).and(comments::account_id.eq(account_id)))
        .select(comments::id);
    let theirs = reactions::comment_id.eq_any(own).and(reactions::person_id.eq_any(people));
    diesel::delete(reactions::table.filter(theirs)).returning(Taken::as_returning()).get_results(conn).await
}

/// Takes back those of a guest's reactions to these comments that an account gave, too.
#[expect(clippy::disallowed_methods, reason = "DELETE … USING is not in the query builder")]
pub async fn take_doubled_reactions(
    conn: &mut Conn,
    guest_id: Uuid,
    account_id: Uuid,
    comment_ids: &[Uuid],
) -> QueryResult<Vec<Taken>> {
    sql_query(
        "DELETE FROM reactions USING reactions AS other
         WHERE reactions.guest_id = $1 AND reactions.comment_id = ANY($3)
           AND other.comment_id = reactions.comment_id AND other.kind = reactions.kind AND other.person_id = $2
         RETURNING reactions.comment_id, reactions.kind",
    )
    .bind::<SqlUuid, _>(guest_id)
    .bind::<SqlUuid, _>(account_id)
    .bind::<Array<SqlUuid>, _>(comment_ids)
    .load(conn)
    .await
}

/// Gives the rest of a guest's reactions to these comments to an account.
pub async fn move_reactions(
    conn: &mut Conn,
    guest_id: Uuid,
    account_id: Uuid,
    comment_ids: &[Uuid],
) -> QueryResult<usize> {
    let theirs = reactions::guest_id.eq(guest_id).and(reactions::comment_id.eq_any(comment_ids));
    diesel::update(reactions::table.filter(theirs))
        .set((reactions::account_id.eq(account_id), reactions::guest_id.eq(None::<Uuid>)))
        .execute(conn)
        .await
}

/// Those of these comments that mention an account already.
pub async fn calling_already(conn: &mut Conn, account_id: Uuid, comment_ids: &[Uuid]) -> QueryResult<Vec<Uuid>> {
    mentions::table
        .filter(mentions::account_id.eq(account_id).and(mentions::comment_id.eq_any(comment_ids)))
        .select(mentions::comment_id)
        .load(conn)
        .await
}

/// These comments mention an account instead of a guest.
pub async fn move_mentions(
    conn: &mut Conn,
    guest_id: Uuid,
    account_id: Uuid,
    comment_ids: &[Uuid],
) -> QueryResult<usize> {
    let theirs = mentions::guest_id.eq(guest_id).and(mentions::comment_id.eq_any(comment_ids));
    diesel::update(mentions::table.filter(theirs))
        .set((mentions::account_id.eq(account_id), mentions::guest_id.eq(None::<Uuid>)))
        .execute(conn)
        .await
}
