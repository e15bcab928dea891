//! Statements on whom comments call by name.

use super::super::types::{Author, NamedMention, NewMention, OwnMention, Present};
use crate::db::{
    Conn, Prepare,
    schema::{accounts, articles, comments, guests, mentions},
};
use diesel::{
    dsl::{IntoBoxed, exists, select},
    pg::Pg,
    prelude::*,
    sql_query,
    sql_types::{Array, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Those of these people who have a visible comment on the article beside them, pair by pair, in one statement.
#[expect(clippy::disallowed_methods, reason = "unnest of several arrays is not in the query builder")]
pub async fn present(conn: &mut Conn, article_ids: &[Uuid], person_ids: &[Uuid]) -> QueryResult<Vec<Present>> {
    sql_query(
        "SELECT asked.article_id, asked.person_id, takes_part.member
         FROM unnest($1, $2) AS asked (article_id, person_id)
         CROSS JOIN LATERAL (
             SELECT EXISTS (
                 SELECT FROM comments
                 WHERE account_id = asked.person_id AND article_id = asked.article_id AND status = 'visible'
             ) AS member, EXISTS (
                 SELECT FROM comments
                 WHERE guest_id = asked.person_id AND article_id = asked.article_id AND status = 'visible'
             ) AS guest
         ) AS takes_part
         WHERE takes_part.member OR takes_part.guest",
    )
    .bind::<Array<SqlUuid>, _>(article_ids)
    .bind::<Array<SqlUuid>, _>(person_ids)
    .prepared()
    .load(conn)
    .await
}

pub async fn insert(conn: &mut Conn, rows: &[NewMention]) -> QueryResult<usize> {
    diesel::insert_into(mentions::table).values(rows).execute(conn).await
}

/// Whom each of these comments mentions, in the order in which their authors named them, by the names that they have now.
pub async fn named(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<Vec<NamedMention>> {
    mentions::table
        .left_join(accounts::table)
        .left_join(guests::table)
        .filter(mentions::comment_id.eq_any(comment_ids))
        .order((mentions::comment_id, mentions::place))
        .select((
            mentions::comment_id,
            mentions::account_id,
            accounts::display_name.nullable(),
            mentions::guest_id,
            guests::display_name.nullable(),
        ))
        .load(conn)
        .await
}

/// Whom a comment mentions.
pub async fn of(conn: &mut Conn, comment_id: Uuid) -> QueryResult<Vec<Author>> {
    let rows: Vec<(Option<Uuid>, Option<Uuid>)> = mentions::table
        .filter(mentions::comment_id.eq(comment_id))
        .order(mentions::place)
        .select((mentions::account_id, mentions::guest_id))
        .load(conn)
        .await?;
    let people = rows
        .into_iter()
        .filter_map(|(account_id, guest_id)| account_id.map(Author::Member).or_else(|| guest_id.map(Author::Guest)));
    Ok(people.collect())
}

/// Whom each of these comments mentions, in the order in which their authors named them.
pub async fn of_each(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<Vec<(Uuid, Author)>> {
    let rows: Vec<(Uuid, Option<Uuid>, Option<Uuid>)> = mentions::table
        .filter(mentions::comment_id.eq_any(comment_ids))
        .order((mentions::comment_id, mentions::place))
        .select((mentions::comment_id, mentions::account_id, mentions::guest_id))
        .load(conn)
        .await?;
    let people = rows.into_iter().filter_map(|(comment_id, account_id, guest_id)| {
        let person = account_id.map(Author::Member).or_else(|| guest_id.map(Author::Guest))?;
        Some((comment_id, person))
    });
    Ok(people.collect())
}

/// Takes all mentions off a comment, whose number is noted anew afterwards.
pub async fn clear(conn: &mut Conn, comment_id: Uuid) -> QueryResult<usize> {
    diesel::delete(mentions::table.filter(mentions::comment_id.eq(comment_id))).execute(conn).await
}

/// Notes how many mentions a comment has.
pub async fn count(conn: &mut Conn, comment_id: Uuid, mentions: i16) -> QueryResult<usize> {
    diesel::update(comments::table.find(comment_id)).set(comments::mention_count.eq(mentions)).execute(conn).await
}

fn calling(person: Author) -> IntoBoxed<'static, mentions::table, Pg> {
    let all = mentions::table.into_boxed();
    match person {
        Author::Member(id) => all.filter(mentions::account_id.eq(id)),
        Author::Guest(id) => all.filter(mentions::guest_id.eq(id)),
    }
}

/// The first `limit` comments that mention somebody, with their articles.
pub async fn calls(conn: &mut Conn, person: Author, limit: i64) -> QueryResult<Vec<(Uuid, Uuid)>> {
    calling(person)
        .inner_join(comments::table)
        .order(mentions::comment_id)
        .limit(limit)
        .select((mentions::comment_id, comments::article_id))
        .load(conn)
        .await
}

/// The comments that everybody sees and that mention an account, with their articles' slugs.
pub async fn of_account(conn: &mut Conn, account_id: Uuid, after: Uuid, limit: i64) -> QueryResult<Vec<OwnMention>> {
    mentions::table
        .inner_join(comments::table.inner_join(articles::table))
        .filter(mentions::account_id.eq(account_id).and(mentions::comment_id.gt(after)))
        .filter(comments::status.eq("visible").and(articles::status.eq("published")))
        .order(mentions::comment_id)
        .limit(limit)
        .select((mentions::comment_id, articles::slug))
        .load(conn)
        .await
}

/// Whether any comment mentions an account.
pub async fn has_calls(conn: &mut Conn, account_id: Uuid) -> QueryResult<bool> {
    select(exists(mentions::table.filter(mentions::account_id.eq(account_id)))).get_result(conn).await
}

/// Takes somebody off what these comments mention, and counts again. `person` is mentioned at most once in each.
pub async fn forget(conn: &mut Conn, person: Author, comment_ids: &[Uuid]) -> QueryResult<usize> {
    let named = mentions::comment_id.eq_any(comment_ids);
    let gone: Vec<Uuid> = match person {
        Author::Member(id) => {
            diesel::delete(mentions::table.filter(named.and(mentions::account_id.eq(id))))
                .returning(mentions::comment_id)
                .get_results(conn)
                .await?
        }
        Author::Guest(id) => {
            diesel::delete(mentions::table.filter(named.and(mentions::guest_id.eq(id))))
                .returning(mentions::comment_id)
                .get_results(conn)
                .await?
        }
    };
    diesel::update(comments::table.filter(comments::id.eq_any(gone)))
        .set(comments::mention_count.eq(comments::mention_count - 1))
        .execute(conn)
        .await
}
