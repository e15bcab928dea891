//! Writing the demo's content: all of it in one transaction, so that a demo is whole or not there.

use super::content::{self, Article, Comment, Person, Thread};
use crate::{
    accounts::{self, Email, Hasher, NewAccount},
    articles::{self, CreateArticle, NewArticle, Status},
    clock::Clock,
    comments::{self, CommentStatus, GuestName, ImportedAuthor, ImportedComment},
    config::Settings,
    db::Pool,
    error,
    events::{Event, Journal, Own, Tx},
    http::permission::Role,
    secrets::Secrets,
};
use anyhow::{Context, Result, anyhow};
use chrono::{DateTime, TimeDelta, Utc};
use secrecy::SecretString;
use serde_json::json;
use std::{collections::HashMap, sync::Arc};
use uuid::Uuid;

/// The password of everybody in the demo.
pub const PASSWORD: &str = "a long table for everyone";

/// The article with the long conversation.
pub const THREAD_ARTICLE: &str = "the-second-cup";

/// Accounts by handle, articles by slug with their dates, comments by key.
#[derive(Default)]
struct Made {
    people: HashMap<String, Uuid>,
    articles: HashMap<String, (Uuid, DateTime<Utc>)>,
    comments: HashMap<String, Uuid>,
}

/// Writes the demo's content, unless it is there already. Returns whether it wrote.
///
/// # Errors
/// When the database is away, or the content contradicts itself.
pub async fn seed(
    url: &str,
    settings: &Settings,
    secrets: &Secrets,
    clock: &Clock,
    say: &dyn Fn(&str),
) -> Result<bool> {
    let (people, articles, thread) = (content::people()?, content::articles()?, content::thread()?);
    let pool = Pool::new(url, settings, Arc::default())?;
    let first = people.first().context("nobody is at the table")?;
    if accounts::find_by_email(&mut *pool.get().await?, secrets, &first.email).await?.is_some() {
        return Ok(false);
    }
    // One hash for all: the password is no secret, and hashing is meant to take its time.
    let password = Hasher::new(settings)?.hash(SecretString::from(PASSWORD)).await?;
    say("writing articles and comments");
    let journal = Journal::new(pool, clock.clone(), Arc::new(|_| ()), Own::default());
    let writing = journal.write(async |tx| {
        let mut made = Made::default();
        for person in &people {
            make_person(tx, secrets, &mut made, person, &password).await?;
        }
        for article in articles {
            make_article(tx, &mut made, article).await?;
        }
        make_comments(tx, secrets, &mut made, &thread).await
    });
    writing.await.context("the demo's content cannot be written")?;
    Ok(true)
}

async fn make_person(
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    made: &mut Made,
    person: &Person,
    password: &str,
) -> error::Result<()> {
    let email = Email::parse(&person.email).map_err(|field| error::Error::validation(vec![field]))?;
    let role = Role::try_from(person.role.clone()).map_err(error::Error::internal)?;
    let new = NewAccount {
        display_name: &person.display_name,
        email: Some(&email),
        role,
        password_hash: Some(password.to_owned()),
    };
    let account = accounts::create_account(tx, secrets, new).await?;
    made.people.insert(person.handle.clone(), account.id);
    Ok(())
}

async fn make_article(tx: &mut Tx<'_>, made: &mut Made, article: Article) -> error::Result<()> {
    let published_at = article.published_days_ago.map(|days| tx.now - TimeDelta::days(days));
    let authors = article.authors.iter().map(|handle| known(&made.people, handle).copied());
    let new = NewArticle {
        article: CreateArticle {
            title: article.title,
            body: article.body,
            slug: Some(article.slug.clone()),
            summary: Some(article.summary),
            tags: Some(article.tags),
            locale: Some(article.locale),
            comments: None,
            authors: Some(authors.collect::<error::Result<_>>()?),
        },
        status: if article.draft { Status::Draft } else { Status::Published },
        published_at,
        updated_at: published_at,
        addresses: article.former_slug.map(|slug| format!("/{slug}/")).into_iter().collect(),
    };
    let whole = articles::create(tx, new, None).await?;
    made.articles.insert(article.slug, (whole.summary.head.id, published_at.unwrap_or(tx.now)));
    Ok(())
}

/// The comments of each article in one batch, in the order in which they were written.
async fn make_comments(tx: &mut Tx<'_>, secrets: &Secrets, made: &mut Made, thread: &Thread) -> error::Result<()> {
    let mut batches: HashMap<&str, Vec<ImportedComment>> = HashMap::new();
    for comment in &thread.comments {
        let slug = comment.article.as_deref().unwrap_or(&thread.article);
        let imported = imported(tx, made, comment, slug)?;
        made.comments.insert(comment.key.clone(), imported.id);
        batches.entry(slug).or_default().push(imported);
    }
    for (slug, batch) in batches {
        let (article_id, _) = *known(&made.articles, slug)?;
        comments::import_thread(tx, secrets, article_id, &batch).await?;
        let version = comments::finish_import(tx, article_id).await?;
        tx.append(Event {
            kind: "thread.imported",
            stream: article_id,
            version,
            tags: vec![format!("thread:{article_id}")],
            data: json!({ "article_id": article_id }),
            actor_id: None,
        });
    }
    Ok(())
}

fn imported(tx: &Tx<'_>, made: &Made, comment: &Comment, slug: &str) -> error::Result<ImportedComment> {
    let (_, published_at) = *known(&made.articles, slug)?;
    let author = match (&comment.author, &comment.guest) {
        (Some(handle), None) => ImportedAuthor::Member(*known(&made.people, handle)?),
        (None, Some(name)) => ImportedAuthor::Guest(GuestName { name: name.clone(), email: None }),
        _ => return Err(error::Error::internal(anyhow!("{} needs either an author or a guest", comment.key))),
    };
    let status = match (comment.state.as_deref(), comment.deleted) {
        (None, false) => CommentStatus::Visible,
        (None, true) => CommentStatus::Deleted,
        (Some("pending"), false) => CommentStatus::Pending,
        _ => return Err(error::Error::internal(anyhow!("{} is in an unknown state", comment.key))),
    };
    Ok(ImportedComment {
        id: tx.id(),
        parent_id: comment.parent.as_ref().map(|key| known(&made.comments, key).copied()).transpose()?,
        author,
        created_at: published_at + TimeDelta::minutes(comment.minutes_after),
        status,
        body_markdown: if comment.deleted { String::new() } else { comment.body.trim().to_owned() },
        fragment: None,
    })
}

fn known<'a, T>(made: &'a HashMap<String, T>, name: &str) -> error::Result<&'a T> {
    made.get(name).ok_or_else(|| error::Error::internal(anyhow!("the demo's content names {name}, which is not there")))
}
