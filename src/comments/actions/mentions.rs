//! Whom comments call by name.

use super::{
    super::{
        queries::{erasure, mentions},
        rules,
        types::{Author, Comment, CommentRow, CommentStatus, Mentions, NewMention},
    },
    corrections::show_corrections,
};
use crate::{
    db::Conn,
    error::{Error, Field, OnConstraint, Result},
    events::{self, Event, Tx},
};
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Comments of one transaction.
const BATCH: i64 = 500;

/// Whom comments mention, of those that mention somebody. Nothing is asked where none does.
///
/// # Errors
/// When the database is away.
pub async fn mentions_in(conn: &mut Conn, comments: &[Uuid]) -> Result<Mentions> {
    if comments.is_empty() {
        return Ok(Mentions::default());
    }
    Ok(mentions::named(conn, comments).await?.into_iter().collect())
}

/// Comments as their writers and moderators see them, with whom they mention.
///
/// # Errors
/// When the database is away.
pub async fn whole(conn: &mut Conn, rows: Vec<CommentRow>) -> Result<Vec<Comment>> {
    let mentioning = rows.iter().filter(|row| row.mention_count > 0 && row.status != CommentStatus::Deleted);
    let mentions = mentions_in(conn, &mentioning.map(|row| row.id).collect::<Vec<_>>()).await?;
    let mut comments: Vec<Comment> = rows.into_iter().map(Comment::whole).collect();
    mentions.fill(&mut comments);
    show_corrections(conn, &mut [&mut comments]).await?;
    Ok(comments)
}

/// The people whom a comment on an article is to mention. `already` are those whom it mentions.
///
/// # Errors
/// As [`rules::may_mention`].
async fn resolve(conn: &mut Conn, article_id: Uuid, wanted: &[Uuid], already: &[Author]) -> Result<Vec<Author>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let present = mentions::present(conn, &vec![article_id; wanted.len()], wanted).await?;
    rules::may_mention(wanted, article_id, &present, already)
}

/// Changes whom a comment mentions. Returns those whom it did not mention before; none where nothing changes.
///
/// # Errors
/// As [`resolve`].
pub(super) async fn mention_instead(
    conn: &mut Conn,
    comment: &CommentRow,
    wanted: Option<&[Uuid]>,
) -> Result<Option<Vec<Author>>> {
    let Some(wanted) = wanted else { return Ok(None) };
    let already = if comment.mention_count == 0 { Vec::new() } else { mentions::of(conn, comment.id).await? };
    if already.iter().map(|person| person.id()).eq(wanted.iter().copied()) {
        return Ok(None);
    }
    let people = resolve(conn, comment.article_id, wanted, &already).await?;
    mentions::clear(conn, comment.id).await?;
    let rows: Vec<NewMention> = rules::mention_rows(comment.id, &people).collect();
    if !rows.is_empty() {
        let gone = Field::body("/mentions", "not_in_conversation", "named somebody who has left at this moment");
        let inserted = mentions::insert(conn, &rows).await;
        inserted.on_constraint("mentions_guest_id_fkey", || Error::validation(vec![gone]))?;
    }
    mentions::count(conn, comment.id, rules::mention_count(&people)).await?;
    Ok(Some(people.into_iter().filter(|person| !already.contains(person)).collect()))
}

/// Takes somebody off a bounded number of comments that mention them, and off the events that tell of it. True when none is
/// left.
///
/// # Errors
/// When the database is away.
pub(super) async fn forget_mentions(tx: &mut Tx<'_>, person: Author) -> Result<bool> {
    if !events::forget_mentioned(tx, person.id()).await? {
        return Ok(false);
    }
    let calls = mentions::calls(tx.conn, person, BATCH).await?;
    if calls.is_empty() {
        return Ok(true);
    }
    let (comments, articles): (Vec<Uuid>, BTreeSet<Uuid>) = calls.into_iter().unzip();
    let threads = erasure::hold(tx.conn, &Vec::from_iter(articles)).await?;
    mentions::forget(tx.conn, person, &comments).await?;
    for thread in threads {
        tx.append(Event {
            kind: "thread.mentions_erased",
            stream: thread.article_id,
            version: thread.version,
            tags: vec![format!("thread:{}", thread.article_id)],
            data: json!({ "article_id": thread.article_id }),
            actor_id: None,
        });
    }
    Ok(i64::try_from(comments.len()).is_ok_and(|taken| taken < BATCH))
}
