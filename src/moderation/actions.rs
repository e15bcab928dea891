//! What moderators do and see, put together from what other rooms keep.

mod sanctions;

pub use sanctions::{ban, lay, lift, lift_ban};

use super::{
    rules::{self, MAX_VERDICTS},
    types::{Approved, Happened, LogEntry, QueueItem, Reports, VerdictResult},
};
use crate::{
    comments::{self, CommentReport, Decided, Decision, LogFilter, Order, QueueFilter, QueuePlace, Reporter},
    db::Conn,
    error::{Error, Result},
    events::Tx,
    http::{actor::Actor, list::Span},
};
use anyhow::anyhow;
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use uuid::Uuid;

/// What waits, with what readers say of it; in a fixed number of statements.
///
/// # Errors
/// When the database is away.
pub async fn list_queue(conn: &mut Conn, filter: &QueueFilter, span: &Span<QueuePlace>) -> Result<Vec<QueueItem>> {
    let waiting = comments::list_queue(conn, filter, span).await?;
    let ids: Vec<Uuid> = waiting.iter().map(|item| item.comment.comment.id).collect();
    let mut reports: HashMap<Uuid, Reports> = HashMap::new();
    for (comment_id, reason, count) in comments::count_reports(conn, &ids).await? {
        let of_comment = reports.entry(comment_id).or_default();
        of_comment.count += count;
        of_comment.reasons.insert(reason.as_str().to_owned(), count);
    }
    let item = |waiting: comments::Waiting| {
        let reports = reports.remove(&waiting.comment.comment.id).unwrap_or_default();
        QueueItem { waiting, reports }
    };
    Ok(waiting.into_iter().map(item).collect())
}

/// Gives one verdict.
///
/// # Errors
/// As [`comments::decide_each`].
pub async fn decide(tx: &mut Tx<'_>, by: &Actor, order: Order) -> Result<Decided> {
    let verdict = comments::decide_each(tx, Some(by.account_id), &[order]).await?.pop();
    verdict.unwrap_or_else(|| Err(Error::internal(anyhow!("an order had no verdict"))))
}

/// Approves what waits of one author, the oldest first; not what another moderator works on.
///
/// # Errors
/// As [`comments::waiting_of`].
pub async fn approve_author(tx: &mut Tx<'_>, by: &Actor, id: Uuid) -> Result<Approved> {
    let limit = i64::try_from(MAX_VERDICTS).unwrap_or(i64::MAX);
    let ids = comments::waiting_of(tx, id, by.account_id, limit).await?;
    let order = |comment_id: &Uuid| Order {
        comment_id: *comment_id,
        decision: Decision::Approve,
        reason: None,
        message: None,
        revision: None,
        status: None,
    };
    let orders: Vec<Order> = ids.iter().map(order).collect();
    let verdicts = comments::decide_each(tx, Some(by.account_id), &orders).await?;
    let approved = verdicts.iter().flatten().count();
    let items = ids.into_iter().zip(verdicts).map(|(id, verdict)| VerdictResult::of(id, verdict)).collect();
    let left = comments::count_waiting_of(tx.conn, id).await?;
    Ok(Approved { approved, left, items })
}

/// All that happened to a comment, the oldest first.
///
/// # Errors
/// As [`comments::see_past`].
pub async fn see_history(conn: &mut Conn, id: Uuid) -> Result<Vec<Happened>> {
    let past = comments::see_past(conn, id).await?;
    let mut happened = vec![Happened::Posted { at: past.created_at }];
    happened.extend(past.hits.into_iter().rev().map(Happened::Hit));
    happened.extend(past.replaced.into_iter().rev().map(|(revision, at)| Happened::Edited { at, revision }));
    for row in past.reports {
        let Some(at) = row.last_at else { continue };
        happened.push(Happened::Reported { at, reason: row.reason, count: row.count, outcome: row.outcome });
    }
    happened.extend(past.verdicts.into_iter().rev().map(Happened::Verdict));
    // Stable: what happened at one moment stays in this order, the cause before what followed.
    happened.sort_by_key(Happened::at);
    Ok(happened)
}

/// Verdicts, the newest first, as somebody may see them.
///
/// # Errors
/// When the database is away.
pub async fn list_log(
    conn: &mut Conn,
    reader: &Actor,
    filter: &LogFilter,
    span: &Span<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<LogEntry>> {
    let rows = comments::list_verdicts(conn, filter, span).await?;
    let ids: Vec<Uuid> = rows.iter().map(|(verdict, _)| verdict.comment_id).collect();
    let mut decided: HashMap<(Uuid, DateTime<Utc>), Vec<Reporter>> = HashMap::new();
    for report in comments::decided_reports(conn, &ids).await? {
        decided.entry((report.comment_id, report.decided_at)).or_default().push(report.reporter());
    }
    let entry = |(verdict, article): (comments::VerdictRecord, comments::CommentedArticle)| {
        let reporters = decided.remove(&(verdict.comment_id, verdict.at)).unwrap_or_default();
        let entry = LogEntry { verdict, article, reports: reporters.len(), reported_by: Some(reporters) };
        rules::redact(entry, reader.role)
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// All reports of a comment, as somebody may see them, the newest first, from the span on in its direction; one more than its
/// limit.
///
/// # Errors
/// When the database is away.
pub async fn list_reports_on(
    conn: &mut Conn,
    reader: &Actor,
    comment_id: Uuid,
    span: &Span<Uuid>,
) -> Result<Vec<CommentReport>> {
    let reports = comments::list_reports_on(conn, comment_id, span).await?;
    Ok(reports.into_iter().map(|report| rules::redact_report(report, reader.role)).collect())
}
