//! What is done to articles, here and on behalf of other rooms. Everything happens in the caller's transaction.

use super::{
    queries,
    rules::{self, Changes, Limits},
    types::{
        Article, ArticleHead, ArticleRow, Author, Change, Content, EditArticle, Imported, Locked, NewArticle, NewRow,
        Outcome, Slug, Status, Tag,
    },
};
use crate::{
    error::{Code, Error, Field, Result},
    events::{Event, Tx},
    http::{actor::Actor, precondition::IfMatch},
    text,
};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Times that a slug is looked for again when others take the free ones meanwhile.
const SLUG_ATTEMPTS: usize = 8;

/// Creates an article. Its slug is the one it asks for, or else the first free one made from its title.
///
/// # Errors
/// [`Code::Validation`] names the fields that are not acceptable; [`Code::SlugTaken`].
pub async fn create(tx: &mut Tx<'_>, new: NewArticle, by: Option<Uuid>) -> Result<Article> {
    let changes = rules::check(new.article.clone().into(), Limits::WRITTEN)?;
    check_writers(tx, &changes, &[]).await?;
    let wanted = text::slug(changes.title.as_deref().unwrap_or_default());
    insert(tx, &new, changes, &wanted, by).await
}

async fn insert(
    tx: &mut Tx<'_>,
    new: &NewArticle,
    mut changes: Changes,
    wanted: &str,
    by: Option<Uuid>,
) -> Result<Article> {
    let id = tx.id();
    match &changes.slug {
        Some(slug) => take_slug(tx, slug, id).await?,
        None => changes.slug = Some(take_free_slug(tx, wanted, id).await?),
    }
    let published_at = match new.status {
        Status::Published => Some(new.published_at.unwrap_or(tx.now)),
        Status::Draft => new.published_at,
    };
    let row = NewRow {
        id,
        status: new.status.as_str(),
        created_at: published_at.unwrap_or(tx.now),
        updated_at: new.updated_at.or(published_at).unwrap_or(tx.now),
        published_at,
        content: revised(rules::blank(), changes.clone()).await?,
    };
    let row = queries::insert(tx.conn, &row).await?;
    set_relations(tx, id, &changes).await?;
    keep_addresses(tx, id, new.addresses.iter().map(|path| (path.clone(), None)).collect()).await?;
    let public = new.status == Status::Published;
    let kind = if public { "article.published" } else { "article.created" };
    conclude(tx, row, kind, public, by).await
}

/// Changes an article. A change that changes nothing makes no new revision.
///
/// # Errors
/// [`Code::NotFound`], [`Code::Forbidden`] for whoever is neither author nor admin, [`Code::PreconditionFailed`],
/// [`Code::Validation`], [`Code::SlugTaken`].
pub async fn edit(
    tx: &mut Tx<'_>,
    actor: &Actor,
    slug: &Slug,
    if_match: &IfMatch,
    edit: EditArticle,
) -> Result<Article> {
    let (before, authors) = lock(tx, actor, slug).await?;
    if_match.check(before.revision)?;
    let changes = rules::check(edit, Limits::WRITTEN)?;
    check_writers(tx, &changes, &authors).await?;
    match revise(tx, &before, &authors, changes, Some(actor.account_id), tx.now).await? {
        Some(article) => Ok(article),
        None => Ok(queries::by_id(tx.conn, before.id).await?),
    }
}

/// Publishes an article, or takes it back; the date of the first time stays. What is so already stays as it is,
/// whatever revision was read (RFC 9110 §13.1.1 allows that), so that a repeated request succeeds.
///
/// # Errors
/// [`Code::NotFound`], [`Code::Forbidden`] for whoever is neither author nor admin, [`Code::PreconditionFailed`].
pub async fn set_status(
    tx: &mut Tx<'_>,
    actor: &Actor,
    slug: &Slug,
    if_match: &IfMatch,
    status: Status,
) -> Result<Article> {
    let (before, _) = lock(tx, actor, slug).await?;
    if before.status == status {
        return Ok(queries::by_id(tx.conn, before.id).await?);
    }
    if_match.check(before.revision)?;
    let (kind, published_at) = match status {
        Status::Published => ("article.published", before.published_at.or(Some(tx.now))),
        Status::Draft => ("article.unpublished", before.published_at),
    };
    let row = queries::set_status(tx.conn, before.id, status, published_at, tx.now).await?;
    conclude(tx, row, kind, true, Some(actor.account_id)).await
}

/// Creates an article from elsewhere, or brings the one that an earlier import made up to date. Its slug stays as it is
/// here, and what was published here once is published or taken back only here.
///
/// # Errors
/// [`Code::Validation`] names the fields that are too long or hold what no text may hold.
pub async fn import_article(tx: &mut Tx<'_>, imported: Imported) -> Result<Outcome> {
    let Imported { id, article: mut new } = imported;
    new.article.authors = new.article.authors.filter(|authors| !authors.is_empty());
    let slug = new.article.slug.take();
    let changes = rules::check(new.article.clone().into(), Limits::IMPORTED)?;
    let before = match id {
        Some(id) => queries::lock_by_id(tx.conn, id).await?,
        None => None,
    };
    let Some(before) = before else {
        let wanted = rules::wished_slug(slug.as_deref(), changes.title.as_deref());
        let article = insert(tx, &new, changes, &wanted, None).await?;
        return Ok(Outcome { article_id: article.summary.head.id, change: Change::Created });
    };
    let authors = queries::authors_of(tx.conn, before.id).await?;
    let updated_at = new.updated_at.unwrap_or(tx.now);
    keep_addresses(tx, before.id, new.addresses.into_iter().map(|path| (path, None)).collect()).await?;
    let mut changed = revise(tx, &before, &authors, changes, None, updated_at).await?.is_some();
    if before.status == Status::Draft && before.published_at.is_none() && new.status == Status::Published {
        let published_at = new.published_at.unwrap_or(tx.now);
        let row = queries::set_status(tx.conn, before.id, Status::Published, Some(published_at), tx.now).await?;
        conclude(tx, row, "article.published", true, None).await?;
        changed = true;
    }
    Ok(Outcome { article_id: before.id, change: if changed { Change::Changed } else { Change::Unchanged } })
}

/// Keeps addresses from before: of the article, or of a comment under it. Those that lead to another article already
/// go on doing so. Returns how many are kept.
///
/// # Errors
/// When the database is away.
pub async fn keep_addresses(
    tx: &mut Tx<'_>,
    article_id: Uuid,
    addresses: Vec<(String, Option<Uuid>)>,
) -> Result<usize> {
    let addresses: BTreeMap<_, _> =
        addresses.into_iter().filter_map(|(path, comment)| Some((rules::address(&path)?, comment))).collect();
    Ok(queries::keep_addresses(tx.conn, article_id, &Vec::from_iter(addresses)).await?)
}

/// The article, nobody else's for this transaction, if the actor may change it.
async fn lock(tx: &mut Tx<'_>, actor: &Actor, slug: &Slug) -> Result<(Locked, Vec<Author>)> {
    let before = queries::lock(tx.conn, slug).await?;
    let authors = queries::authors_of(tx.conn, before.id).await?;
    if rules::may_edit(actor, &authors) {
        Ok((before, authors))
    } else {
        Err(Error::new(Code::Forbidden, "Only its authors and admins may change an article."))
    }
}

/// Half a million characters take a good part of a second: nobody else's request shall wait for them.
async fn revised(before: Content, changes: Changes) -> Result<Content> {
    tokio::task::spawn_blocking(move || rules::revise(&before, &changes)).await.map_err(Error::internal)?
}

/// Carries out a change at a time. Nothing when it changes nothing.
async fn revise(
    tx: &mut Tx<'_>,
    before: &Locked,
    authors: &[Author],
    mut changes: Changes,
    by: Option<Uuid>,
    at: DateTime<Utc>,
) -> Result<Option<Article>> {
    let tags = queries::tags_of(tx.conn, before.id).await?;
    let slugs = |tags: &[Tag]| tags.iter().map(|tag| tag.slug.clone()).collect::<Vec<_>>();
    changes.tags = changes.tags.filter(|wanted| slugs(wanted) != slugs(&tags));
    changes.authors = changes.authors.filter(|wanted| !wanted.iter().eq(authors.iter().map(|author| &author.id)));
    let after = revised(before.content.clone(), changes.clone()).await?;
    if after == before.content && changes.tags.is_none() && changes.authors.is_none() {
        return Ok(None);
    }
    if after.slug != before.content.slug {
        take_slug(tx, &after.slug, before.id).await?;
    }
    if rules::differs_in_text(&before.content, &after) {
        queries::keep_revision(tx.conn, before, by, tx.now).await?;
    }
    set_relations(tx, before.id, &changes).await?;
    let row = queries::update(tx.conn, before.id, &after, at).await?;
    let refiled = changes.tags.is_some() || changes.authors.is_some() || after.locale != before.content.locale;
    let public = before.status == Status::Published;
    let more = Map::from_iter([("refiled".to_owned(), json!(refiled))]);
    conclude_with(tx, row, "article.edited", public, by, more).await.map(Some)
}

/// Whoever becomes an author must be one who may write. (Imports name whoever wrote it elsewhere.)
async fn check_writers(tx: &mut Tx<'_>, changes: &Changes, present: &[Author]) -> Result<()> {
    let Some(named) = &changes.authors else { return Ok(()) };
    let mut writers = queries::writers_among(tx.conn, named).await?;
    writers.extend(present.iter().map(|author| author.id));
    rules::check_writers(named, &writers)
}

async fn set_relations(tx: &mut Tx<'_>, id: Uuid, changes: &Changes) -> Result<()> {
    if let Some(authors) = &changes.authors {
        queries::set_authors(tx.conn, id, authors).await?;
    }
    if let Some(tags) = &changes.tags {
        let tags: Vec<_> = tags.iter().map(|tag| (tx.id(), tag.clone())).collect();
        queries::set_tags(tx.conn, id, &tags).await?;
    }
    Ok(())
}

async fn take_slug(tx: &mut Tx<'_>, slug: &str, id: Uuid) -> Result<()> {
    if queries::keep_slug(tx.conn, slug, id).await? {
        return Ok(());
    }
    let field = Field::body("/slug", "taken", "belongs, or once belonged, to another article");
    Err(Error::new(Code::SlugTaken, "Another article has or had this slug.").at(field))
}

async fn take_free_slug(tx: &mut Tx<'_>, wanted: &str, id: Uuid) -> Result<String> {
    for _ in 0..SLUG_ATTEMPTS {
        if let Some(slug) = queries::take_free_slug(tx.conn, wanted, id).await? {
            return Ok(slug);
        }
    }
    let field = Field::body("/slug", "missing", "choose one: those made from the title are taken");
    Err(Error::new(Code::SlugTaken, "No free slug could be made from the title.").at(field))
}

/// Tells what happened, and gives the article as it is now. `public` when everybody could or can see it: only then do
/// lists change, and only then may the event carry the slug, which tells the title.
async fn conclude(
    tx: &mut Tx<'_>,
    row: ArticleRow,
    kind: &'static str,
    public: bool,
    by: Option<Uuid>,
) -> Result<Article> {
    conclude_with(tx, row, kind, public, by, Map::new()).await
}

/// The same, with more that the event tells.
async fn conclude_with(
    tx: &mut Tx<'_>,
    row: ArticleRow,
    kind: &'static str,
    public: bool,
    by: Option<Uuid>,
    mut data: Map<String, Value>,
) -> Result<Article> {
    let article = queries::whole(tx.conn, row).await?;
    let ArticleHead { id, revision, slug, .. } = &article.summary.head;
    data.insert("article_id".to_owned(), json!(id));
    let mut tags = vec![rules::tag(*id)];
    if public {
        data.insert("slug".to_owned(), json!(slug));
        tags.push(rules::LISTS.into());
    }
    tx.append(Event { kind, stream: *id, version: *revision, tags, data: Value::Object(data), actor_id: by });
    Ok(article)
}
