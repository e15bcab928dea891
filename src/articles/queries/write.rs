//! Changing articles. Lock order: the article's row, then slugs, then tags in the order of their slugs.

use super::super::types::{ArticleRow, Content, Locked, NewRow, Slug, Status, Tag};
use crate::{
    db::{
        Conn,
        schema::{
            accounts, article_addresses, article_authors, article_revisions, article_slugs, article_tags, articles,
            tags,
        },
    },
    http::permission::Role,
    text::SLUG_MAX,
};
use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    query_dsl::methods,
    sql_query,
    sql_types::{Integer, Text, Uuid as SqlUuid},
    upsert::excluded,
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Rows of one insert, so that its parameters stay under Postgres' 65,535.
const ROWS_AT_ONCE: usize = 5000;

/// The article that has or had this slug, locked against other changes, but not against new comments.
pub async fn lock(conn: &mut Conn, slug: &Slug) -> QueryResult<Locked> {
    let named = article_slugs::table.filter(article_slugs::slug.eq(slug.as_str())).select(article_slugs::article_id);
    articles::table.filter(articles::id.eq_any(named)).select(Locked::as_select()).for_no_key_update().first(conn).await
}

/// The same by its id.
pub async fn lock_by_id(conn: &mut Conn, id: Uuid) -> QueryResult<Option<Locked>> {
    articles::table.find(id).select(Locked::as_select()).for_no_key_update().first(conn).await.optional()
}

/// Gives the article the slug, if it is free or was the article's before. False when it is another's.
pub async fn keep_slug(conn: &mut Conn, slug: &str, article_id: Uuid) -> QueryResult<bool> {
    let upsert = diesel::insert_into(article_slugs::table)
        .values((article_slugs::slug.eq(slug), article_slugs::article_id.eq(article_id)))
        .on_conflict(article_slugs::slug)
        .do_update()
        .set(article_slugs::article_id.eq(excluded(article_slugs::article_id)));
    let own = article_slugs::article_id.eq(excluded(article_slugs::article_id));
    Ok(methods::FilterDsl::filter(upsert, own).execute(conn).await? == 1)
}

/// Gives the article the slug `wanted`, or the first of `wanted-2`, `wanted-3`, … that is free. Nothing when somebody
/// else took it at the same moment, or none is free.
#[expect(clippy::disallowed_methods, reason = "recursion is not in the query builder")]
pub async fn take_free_slug(conn: &mut Conn, wanted: &str, article_id: Uuid) -> QueryResult<Option<String>> {
    #[derive(QueryableByName)]
    struct Taken {
        #[diesel(sql_type = Text)]
        slug: String,
    }
    let taken: Option<Taken> = sql_query(
        "WITH RECURSIVE candidate (number, slug) AS (
             SELECT 1, $1
             UNION ALL
             SELECT number + 1, rtrim(left($1, $3 - 1 - length((number + 1)::text)), '-') || '-' || (number + 1)
             FROM candidate
             WHERE number < 9999 AND EXISTS (SELECT FROM article_slugs WHERE article_slugs.slug = candidate.slug)
         )
         INSERT INTO article_slugs (slug, article_id)
         SELECT slug, $2 FROM candidate ORDER BY number DESC LIMIT 1
         ON CONFLICT DO NOTHING
         RETURNING slug",
    )
    .bind::<Text, _>(wanted)
    .bind::<SqlUuid, _>(article_id)
    .bind::<Integer, _>(i32::try_from(SLUG_MAX).unwrap_or(i32::MAX))
    .get_result(conn)
    .await
    .optional()?;
    Ok(taken.map(|taken| taken.slug))
}

pub async fn insert(conn: &mut Conn, row: &NewRow) -> QueryResult<ArticleRow> {
    diesel::insert_into(articles::table).values(row).returning(ArticleRow::as_returning()).get_result(conn).await
}

/// Keeps the text that is about to be replaced.
pub async fn keep_revision(
    conn: &mut Conn,
    before: &Locked,
    by: Option<Uuid>,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::insert_into(article_revisions::table)
        .values((
            article_revisions::article_id.eq(before.id),
            article_revisions::revision.eq(before.revision),
            article_revisions::title.eq(&before.content.title),
            article_revisions::summary.eq(&before.content.summary),
            article_revisions::body_markdown.eq(&before.content.body_markdown),
            article_revisions::edited_by.eq(by),
            article_revisions::created_at.eq(now),
        ))
        .execute(conn)
        .await
}

pub async fn update(conn: &mut Conn, id: Uuid, content: &Content, now: DateTime<Utc>) -> QueryResult<ArticleRow> {
    diesel::update(articles::table.find(id))
        .set((content, articles::revision.eq(articles::revision + 1), articles::updated_at.eq(now)))
        .returning(ArticleRow::as_returning())
        .get_result(conn)
        .await
}

pub async fn set_status(
    conn: &mut Conn,
    id: Uuid,
    status: Status,
    published_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> QueryResult<ArticleRow> {
    diesel::update(articles::table.find(id))
        .set((
            articles::status.eq(status.as_str()),
            articles::published_at.eq(published_at),
            articles::revision.eq(articles::revision + 1),
            articles::updated_at.eq(now),
        ))
        .returning(ArticleRow::as_returning())
        .get_result(conn)
        .await
}

/// Those of the accounts that may be authors, which they stay until this transaction ends.
pub async fn writers_among(conn: &mut Conn, ids: &[Uuid]) -> QueryResult<Vec<Uuid>> {
    accounts::table
        .filter(accounts::id.eq_any(ids))
        .filter(accounts::role.eq_any([Role::Coach.as_str(), Role::Admin.as_str()]))
        .select(accounts::id)
        .for_key_share()
        .load(conn)
        .await
}

pub async fn set_authors(conn: &mut Conn, article_id: Uuid, ids: &[Uuid]) -> QueryResult<()> {
    diesel::delete(article_authors::table.filter(article_authors::article_id.eq(article_id))).execute(conn).await?;
    let rows: Vec<_> = (0_i16..)
        .zip(ids)
        .map(|(position, id)| {
            (
                article_authors::article_id.eq(article_id),
                article_authors::account_id.eq(id),
                article_authors::position.eq(position),
            )
        })
        .collect();
    diesel::insert_into(article_authors::table).values(rows).execute(conn).await?;
    Ok(())
}

/// `tags` each with an id for the case that it is new.
pub async fn set_tags(conn: &mut Conn, article_id: Uuid, tags: &[(Uuid, Tag)]) -> QueryResult<()> {
    let rows: Vec<_> = tags.iter().map(|(id, tag)| (tags::id.eq(id), tag)).collect();
    diesel::insert_into(tags::table).values(rows).on_conflict(tags::slug).do_nothing().execute(conn).await?;
    let named = tags::table.filter(tags::slug.eq_any(tags.iter().map(|(_, tag)| &tag.slug)));
    diesel::delete(article_tags::table.filter(article_tags::article_id.eq(article_id)))
        .filter(article_tags::tag_id.ne_all(named.clone().select(tags::id)))
        .execute(conn)
        .await?;
    diesel::insert_into(article_tags::table)
        .values(named.select((article_id.into_sql::<SqlUuid>(), tags::id)))
        .into_columns((article_tags::article_id, article_tags::tag_id))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(())
}

/// Keeps addresses by which an article, or a comment under it, was known; an address that leads to another article
/// stays as it is. `addresses` are sorted and each of them is there once.
pub async fn keep_addresses(
    conn: &mut Conn,
    article_id: Uuid,
    addresses: &[(String, Option<Uuid>)],
) -> QueryResult<usize> {
    let mut kept = 0;
    for addresses in addresses.chunks(ROWS_AT_ONCE) {
        let rows: Vec<_> = addresses
            .iter()
            .map(|(path, comment_id)| {
                (
                    article_addresses::path.eq(path),
                    article_addresses::article_id.eq(article_id),
                    article_addresses::comment_id.eq(comment_id),
                )
            })
            .collect();
        let upsert = diesel::insert_into(article_addresses::table)
            .values(rows)
            .on_conflict(article_addresses::path)
            .do_update()
            .set(article_addresses::comment_id.eq(excluded(article_addresses::comment_id)));
        let own = article_addresses::article_id.eq(excluded(article_addresses::article_id));
        kept += methods::FilterDsl::filter(upsert, own).execute(conn).await?;
    }
    Ok(kept)
}
