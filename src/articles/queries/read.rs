//! Articles as they are shown: one statement for articles, one for all their authors, one for all their tags.

use super::super::types::{AddressRow, Article, ArticleHead, ArticleRow, ArticleSummary, Author, Slug, Status, Tag};
use crate::{
    db::{
        Conn,
        schema::{accounts, article_addresses, article_authors, article_slugs, article_tags, articles, tags},
    },
    http::{cursor::Direction, list::Span},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use std::collections::HashMap;
use uuid::Uuid;

/// Where an article stands among the published ones.
pub type Place = (DateTime<Utc>, Uuid);

/// Published articles, newest first, beside the span's place; one more than its limit where there are more.
pub async fn published(conn: &mut Conn, tag: Option<&str>, span: &Span<Place>) -> QueryResult<Vec<ArticleSummary>> {
    let mut query = articles::table.filter(articles::status.eq(Status::Published.as_str())).into_boxed();
    if let Some(tag) = tag {
        // A value and not a join: the planner then sees one tag, and does not look at every article's tags.
        let tag_id = tags::table.filter(tags::slug.eq(tag)).select(tags::id).single_value();
        let tagged = article_tags::table.filter(article_tags::tag_id.nullable().eq(tag_id));
        query = query.filter(articles::id.eq_any(tagged.select(article_tags::article_id)));
    }
    // The first comparison alone bounds the index scan; the second settles articles of the same moment.
    if let Some((at, id)) = span.from {
        let (earlier, same) = (articles::published_at.lt(at), articles::published_at.eq(at));
        query = match span.direction {
            Direction::Next => query
                .filter(articles::published_at.le(at))
                .filter(earlier.or(same.and(articles::id.lt(id))).assume_not_null()),
            Direction::Previous => query
                .filter(articles::published_at.ge(at))
                .filter(articles::published_at.gt(at).or(same.and(articles::id.gt(id))).assume_not_null()),
        };
    }
    query = match span.direction {
        Direction::Next => query.order((articles::published_at.desc(), articles::id.desc())),
        Direction::Previous => query.order((articles::published_at.asc(), articles::id.asc())),
    };
    let heads = query.limit(span.limit + 1).select(ArticleHead::as_select()).load(conn).await?;
    summaries(conn, heads).await
}

/// Drafts, the one begun last first, beside the span's place; one more than its limit where there are more.
pub async fn drafts(conn: &mut Conn, span: &Span<Uuid>) -> QueryResult<Vec<ArticleSummary>> {
    let query = articles::table.filter(articles::status.eq(Status::Draft.as_str())).into_boxed();
    // Ids begin with the time at which they were made.
    let query = match (span.direction, span.from) {
        (Direction::Next, Some(id)) => query.filter(articles::id.lt(id)).order(articles::id.desc()),
        (Direction::Next, None) => query.order(articles::id.desc()),
        (Direction::Previous, Some(id)) => query.filter(articles::id.gt(id)).order(articles::id.asc()),
        (Direction::Previous, None) => query.order(articles::id.asc()),
    };
    let heads = query.limit(span.limit + 1).select(ArticleHead::as_select()).load(conn).await?;
    summaries(conn, heads).await
}

/// The published article that has or had this slug.
pub async fn by_published_slug(conn: &mut Conn, slug: &Slug) -> QueryResult<Option<Article>> {
    let named = article_slugs::table.filter(article_slugs::slug.eq(slug.as_str())).select(article_slugs::article_id);
    let row = articles::table
        .filter(articles::id.eq_any(named))
        .filter(articles::status.eq(Status::Published.as_str()))
        .select(ArticleRow::as_select())
        .first(conn)
        .await
        .optional()?;
    match row {
        Some(row) => whole(conn, row).await.map(Some),
        None => Ok(None),
    }
}

/// An article, whoever may read it.
pub async fn by_id(conn: &mut Conn, id: Uuid) -> QueryResult<Article> {
    let row = articles::table.find(id).select(ArticleRow::as_select()).first(conn).await?;
    whole(conn, row).await
}

/// The article with its authors and tags.
pub async fn whole(conn: &mut Conn, row: ArticleRow) -> QueryResult<Article> {
    let id = row.head.id;
    let authors = authors_of(conn, id).await?;
    let tags = tags_of(conn, id).await?;
    Ok(Article { summary: ArticleSummary { head: row.head, authors, tags }, body: row.body, sections: row.sections })
}

/// The authors of an article in their order.
pub async fn authors_of(conn: &mut Conn, article_id: Uuid) -> QueryResult<Vec<Author>> {
    let authors = authors_of_all(conn, &[article_id]).await?;
    Ok(authors.into_iter().map(|(_, author)| author).collect())
}

/// The tags of an article in the order of their slugs.
pub async fn tags_of(conn: &mut Conn, article_id: Uuid) -> QueryResult<Vec<Tag>> {
    let tags = tags_of_all(conn, &[article_id]).await?;
    Ok(tags.into_iter().map(|(_, tag)| tag).collect())
}

/// Published articles at any of these addresses, and the comments that the addresses name.
pub async fn resolve(conn: &mut Conn, addresses: &[String]) -> QueryResult<Vec<AddressRow>> {
    article_addresses::table
        .inner_join(articles::table)
        .filter(article_addresses::path.eq_any(addresses))
        .filter(articles::status.eq(Status::Published.as_str()))
        .select((article_addresses::path, articles::id, articles::slug, article_addresses::comment_id))
        .load(conn)
        .await
}

async fn summaries(conn: &mut Conn, heads: Vec<ArticleHead>) -> QueryResult<Vec<ArticleSummary>> {
    let ids: Vec<_> = heads.iter().map(|head| head.id).collect();
    let mut authors = by_article(authors_of_all(conn, &ids).await?);
    let mut tags = by_article(tags_of_all(conn, &ids).await?);
    let complete = heads.into_iter().map(|head| ArticleSummary {
        authors: authors.remove(&head.id).unwrap_or_default(),
        tags: tags.remove(&head.id).unwrap_or_default(),
        head,
    });
    Ok(complete.collect())
}

async fn authors_of_all(conn: &mut Conn, ids: &[Uuid]) -> QueryResult<Vec<(Uuid, Author)>> {
    article_authors::table
        .inner_join(accounts::table)
        .filter(article_authors::article_id.eq_any(ids))
        .order((article_authors::article_id, article_authors::position))
        .select((article_authors::article_id, Author::as_select()))
        .load(conn)
        .await
}

async fn tags_of_all(conn: &mut Conn, ids: &[Uuid]) -> QueryResult<Vec<(Uuid, Tag)>> {
    article_tags::table
        .inner_join(tags::table)
        .filter(article_tags::article_id.eq_any(ids))
        .order((article_tags::article_id, tags::slug))
        .select((article_tags::article_id, Tag::as_select()))
        .load(conn)
        .await
}

fn by_article<T>(rows: Vec<(Uuid, T)>) -> HashMap<Uuid, Vec<T>> {
    rows.into_iter().fold(HashMap::new(), |mut grouped, (id, row)| {
        grouped.entry(id).or_insert_with(Vec::new).push(row);
        grouped
    })
}
