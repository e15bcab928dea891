//! What moderators look through, with the text of every comment.

use super::super::{
    queries::{moderation, queue, reports, thread, verdicts},
    rules,
    types::{
        AuthorRecord, Claim, Colleague, CommentStatus, CommentedArticle, FoundHit, LogFilter, ModeratedComment, Past,
        PlacedRow, QueueCount, QueueFilter, QueuePlace, QueueRow, QueueState, VerdictRecord, VerdictRow, Waiting,
    },
};
use super::{mentions::whole, screen::LATELY};
use crate::{
    accounts,
    accounts::FORMER_MEMBER,
    db::Conn,
    error::{Error, Result},
    events::Tx,
    http::list::Span,
    screening::Reason,
};
use chrono::{DateTime, Utc};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Where a comment stands among those of its status.
pub type QueueKey = (DateTime<Utc>, Uuid);

/// Hits, texts and verdicts of one comment that are told, at most, of each.
const PAST: i64 = 200;

/// Comments in one state, oldest first, from the span on in its direction; one more than its limit.
///
/// # Errors
/// When the database is away.
pub async fn list_moderated(
    conn: &mut Conn,
    status: CommentStatus,
    span: &Span<QueueKey>,
) -> Result<Vec<ModeratedComment>> {
    let rows = moderation::queue(conn, status, span).await?;
    moderated(conn, rows).await
}

/// One comment, whatever its status.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound) when there is none.
pub async fn see_moderated(conn: &mut Conn, id: Uuid) -> Result<ModeratedComment> {
    let row = thread::find(conn, id).await?.ok_or_else(Error::not_found)?;
    moderated(conn, vec![row]).await?.pop().ok_or_else(Error::not_found)
}

/// Several comments, whatever their status, in any order, in a fixed number of statements.
///
/// # Errors
/// When the database is away.
pub async fn see_moderated_each(conn: &mut Conn, ids: &[Uuid]) -> Result<Vec<ModeratedComment>> {
    let rows = thread::find_each(conn, ids).await?;
    moderated(conn, rows).await
}

async fn moderated(conn: &mut Conn, rows: Vec<PlacedRow>) -> Result<Vec<ModeratedComment>> {
    let (rows, articles): (Vec<_>, Vec<_>) = rows.into_iter().map(|row| (row.comment, row.article)).unzip();
    let comments = whole(conn, rows).await?;
    Ok(comments.into_iter().zip(articles).map(|(comment, article)| ModeratedComment { comment, article }).collect())
}

/// What waits, from the span on in its direction; one more than its limit. In a fixed number of statements.
///
/// # Errors
/// When the database is away.
pub async fn list_queue(conn: &mut Conn, filter: &QueueFilter, span: &Span<QueuePlace>) -> Result<Vec<Waiting>> {
    let rows = queue::page(conn, filter, span).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.review.comment_id).collect();
    let comments = thread::find_each(conn, &ids).await?;
    let comments = moderated(conn, comments).await?.into_iter();
    let mut comments: HashMap<Uuid, ModeratedComment> = comments.map(|it| (it.comment.id, it)).collect();
    let mut hits: HashMap<Uuid, Vec<FoundHit>> = HashMap::new();
    for hit in queue::hits(conn, &ids).await? {
        hits.entry(hit.comment_id).or_default().push(hit);
    }
    let authors: BTreeSet<Uuid> = rows.iter().map(|row| row.review.author_id).collect();
    let records = records(conn, &Vec::from_iter(authors), filter.now).await?;
    let waiting = |row: QueueRow| {
        let claim = row.claim(filter.now);
        let review = row.review;
        Some(Waiting {
            comment: comments.remove(&review.comment_id)?,
            state: QueueState::try_from(review.state).ok()?,
            queued_at: review.queued_at,
            priority: review.priority,
            first_time: review.first_time,
            edited: review.edited,
            link: review.has_link,
            claim,
            hits: hits.remove(&review.comment_id).unwrap_or_default(),
            author_record: records.get(&review.author_id).copied().unwrap_or_default(),
        })
    };
    Ok(rows.into_iter().filter_map(waiting).collect())
}

async fn records(conn: &mut Conn, author_ids: &[Uuid], now: DateTime<Utc>) -> Result<HashMap<Uuid, AuthorRecord>> {
    let mut records: HashMap<Uuid, AuthorRecord> = HashMap::new();
    for (author_id, became, count) in verdicts::records(conn, author_ids, now - LATELY).await? {
        let Some(author_id) = author_id else { continue };
        let record = records.entry(author_id).or_default();
        if became == CommentStatus::Visible.as_str() { record.approved = count } else { record.rejected = count }
    }
    Ok(records)
}

/// How many wait, by state and priority, and since when.
///
/// # Errors
/// When the database is away.
pub async fn count_queue(conn: &mut Conn) -> Result<Vec<QueueCount>> {
    Ok(queue::counts(conn).await?)
}

/// Gives a comment that waits to a moderator alone, or goes on doing so, until then.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound); [`Code::Conflict`](crate::error::Code::Conflict) when another has it,
/// naming who and until when, or when it does not wait, naming its present status.
pub async fn claim_review(tx: &mut Tx<'_>, id: Uuid, by: Uuid, until: DateTime<Utc>) -> Result<Claim> {
    let claimed = queue::claim(tx.conn, id, by, tx.now, until).await? > 0;
    let Some(row) = queue::find(tx.conn, id).await? else {
        let comment = thread::find(tx.conn, id).await?.ok_or_else(Error::not_found)?.comment;
        return Err(rules::not_while(comment.status));
    };
    let claim = row.claim(tx.now).ok_or_else(Error::not_found)?;
    if claimed { Ok(claim) } else { Err(rules::claimed(Some(&claim.by.name), claim.until)) }
}

/// Gives back what a moderator has alone. Where nobody has it, nothing happens.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound); [`Code::Conflict`](crate::error::Code::Conflict) when another has it.
pub async fn release_review(tx: &mut Tx<'_>, id: Uuid, by: Uuid) -> Result<()> {
    if queue::release(tx.conn, id, by).await? > 0 {
        return Ok(());
    }
    match queue::find(tx.conn, id).await?.and_then(|row| row.claim(tx.now)) {
        Some(claim) => Err(rules::claimed(Some(&claim.by.name), claim.until)),
        None => thread::find(tx.conn, id).await?.map(drop).ok_or_else(Error::not_found),
    }
}

/// Somebody's comments that wait and are not shown, `limit` at most; none that another moderator has.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound) when there is no such account and no such guest.
pub async fn waiting_of(tx: &mut Tx<'_>, author_id: Uuid, by: Uuid, limit: i64) -> Result<Vec<Uuid>> {
    let ids = queue::of_author(tx.conn, author_id, by, tx.now, limit).await?;
    if ids.is_empty() && !verdicts::is_author(tx.conn, author_id).await? {
        return Err(Error::not_found());
    }
    Ok(ids)
}

/// How many of somebody's comments wait and are not shown.
///
/// # Errors
/// When the database is away.
pub async fn count_waiting_of(conn: &mut Conn, author_id: Uuid) -> Result<i64> {
    Ok(queue::count_of_author(conn, author_id).await?)
}

/// What became of a comment since it was posted.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound) when there is none.
pub async fn see_past(conn: &mut Conn, id: Uuid) -> Result<Past> {
    let comment = thread::find(conn, id).await?.ok_or_else(Error::not_found)?.comment;
    let hits = queue::hits_of(conn, id, PAST).await?;
    let replaced = queue::replaced(conn, id, PAST).await?;
    let rows = verdicts::of_comment(conn, id, PAST).await?;
    let names = names(conn, rows.iter()).await?;
    let verdicts = rows.into_iter().map(|row| record(row, &names)).collect();
    let reports = reports::tallied(conn, id).await?;
    Ok(Past { created_at: comment.created_at, hits, replaced, reports, verdicts })
}

/// Verdicts, the newest first, from the span on in its direction, each with the article of its comment; one more than its
/// limit.
///
/// # Errors
/// When the database is away.
pub async fn list_verdicts(
    conn: &mut Conn,
    filter: &LogFilter,
    span: &Span<QueueKey>,
) -> Result<Vec<(VerdictRecord, CommentedArticle)>> {
    let rows = verdicts::log(conn, filter, span).await?;
    let names = names(conn, rows.iter().map(|(verdict, _)| verdict)).await?;
    Ok(rows.into_iter().map(|(verdict, article)| (record(verdict, &names), article)).collect())
}

async fn names(conn: &mut Conn, rows: impl Iterator<Item = &VerdictRow>) -> Result<HashMap<Uuid, String>> {
    let ids: BTreeSet<Uuid> = rows.flat_map(|row| [row.by_account, row.undone_by]).flatten().collect();
    accounts::names_of(conn, &Vec::from_iter(ids)).await
}

fn record(row: VerdictRow, names: &HashMap<Uuid, String>) -> VerdictRecord {
    let colleague = |id: Option<Uuid>| {
        let id = id?;
        let name = names.get(&id).map_or(FORMER_MEMBER, String::as_str).to_owned();
        Some(Colleague { id, name })
    };
    VerdictRecord {
        id: row.id,
        at: row.at,
        comment_id: row.comment_id,
        was: row.was,
        became: row.became,
        reason: row.reason.as_deref().and_then(Reason::named),
        by: colleague(row.by_account),
        automated: row.by_account.is_none(),
        undone_at: row.undone_at,
        undone_by: colleague(row.undone_by),
        message: row.message,
    }
}

impl QueueRow {
    /// Who works on it at present.
    fn claim(&self, now: DateTime<Utc>) -> Option<Claim> {
        let (id, until) = self.review.claim(now)?;
        let name = self.claimer.clone().unwrap_or_else(|| FORMER_MEMBER.into());
        Some(Claim { by: Colleague { id, name }, until })
    }
}
