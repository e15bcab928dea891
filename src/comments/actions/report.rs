//! What readers report, and what follows from it.

use super::{
    super::{
        queries::{claims, reports, verdicts},
        rules,
        types::{
            Change, CommentReport, CommentStatus, DecidedReport, Lock, NewReport, NewReview, NewVerdict, OwnReport,
            PlacedRow, Reader, ReportReason, ReportText, Writer,
        },
    },
    change::{hold, turn},
    news::News,
    person::not_banned,
};
use crate::{
    db::Conn,
    error::Result,
    events::Tx,
    http::{actor::unauthenticated, client::network_hash, list::Span},
    secrets::Secrets,
};
use ipnet::IpNet;
use uuid::Uuid;

/// Decided reports of somebody that are looked at: who reported badly once can come back.
const LOOKED_AT: i64 = 100;

/// Notes that somebody reports a comment; the same person again changes nothing. Returns the report, and whether it is new.
/// As many as `hold_from` that count hold the comment back for a moderator, never more than that.
///
/// # Errors
/// As `rules::may_report`; [`Code::Muted`](crate::error::Code::Muted) for whoever is banned.
pub async fn report(
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    id: Uuid,
    (writer, network): (Writer, IpNet),
    text: &ReportText,
    hold_from: u32,
) -> Result<(OwnReport, bool)> {
    let reader = writer.reader().ok_or_else(|| unauthenticated("Sign in, or show a manage token of this article."))?;
    let (lock, placed) = hold(tx, id).await?;
    // Before anything else: their own report may have hidden the comment.
    if let Some(row) = reports::of(tx.conn, id, reader.id()).await? {
        return Ok((row.into(), false));
    }
    rules::may_report(&placed, writer, is_here(tx.conn, reader, &lock).await?)?;
    not_banned(tx.conn, secrets, writer, network, tx.now).await?;
    let counts = rules::counts(&reports::upheld(tx.conn, reader.id(), LOOKED_AT).await?);
    let row = NewReport {
        id: tx.id(),
        comment_id: id,
        reporter_id: reader.id(),
        by_guest: matches!(reader, Reader::Guest(_)),
        reason: text.reason.as_str(),
        note: text.note.as_deref(),
        revision: placed.comment.revision,
        counts,
        created_at: tx.now,
        // Whoever has one network can be as many guests as they like.
        network_hash: match reader {
            Reader::Guest(_) => Some(network_hash(secrets, network)?),
            Reader::Member(_) => None,
        },
    };
    let row = reports::insert(tx.conn, &row).await?;
    let tally = reports::tally(tx.conn, id, placed.comment.revision).await?;
    let held = rules::holds(&tally, hold_from, &placed.comment);
    let state = if held { "held" } else { "reported" };
    let review = rules::waiting(&placed.comment, state, (tx.now, text.reason.priority(), false));
    reports::queue(tx.conn, &review, i32::try_from(tally.open).unwrap_or(i32::MAX)).await?;
    tx.append(News::of("comment.reported", &lock, id).into());
    if held {
        hold_back(tx, &lock, &placed, &review).await?;
    }
    Ok((row.into(), true))
}

/// Whether somebody may take part under the article whose thread this is.
async fn is_here(conn: &mut Conn, reader: Reader, lock: &Lock) -> Result<bool> {
    let Reader::Guest(id) = reader else { return Ok(false) };
    Ok(claims::article_of(conn, id).await? == Some(lock.article_id))
}

/// Takes a comment out of sight that everybody sees, for a moderator to look at.
async fn hold_back(tx: &mut Tx<'_>, lock: &Lock, placed: &PlacedRow, review: &NewReview) -> Result<()> {
    let change = Change { status: CommentStatus::Held, text: None, edited_at: None, deleted_at: None };
    let public = turn(tx, lock, &placed.comment, &change).await?;
    // By nobody: its author is told that no person has looked yet, and a moderator may take it back.
    let verdict = NewVerdict {
        queued_at: Some(review.queued_at),
        priority: Some(review.priority),
        first_time: Some(review.first_time),
        ..NewVerdict::on(tx.id(), &placed.comment, CommentStatus::Held, tx.now)
    };
    verdicts::insert(tx.conn, &[verdict]).await?;
    tx.append(News::of("comment.held", lock, placed.comment.id).public(public).into());
    Ok(())
}

/// Somebody's reports, the newest first, from the span on in its direction; one more than its limit.
///
/// # Errors
/// When the database is away.
pub async fn list_own_reports(conn: &mut Conn, reporter_id: Uuid, span: &Span<Uuid>) -> Result<Vec<OwnReport>> {
    Ok(reports::page(conn, reporter_id, span).await?.into_iter().map(OwnReport::from).collect())
}

/// The same in the order in which they were made, `limit` at most, those after `after`.
///
/// # Errors
/// When the database is away.
pub async fn list_reports_by(
    conn: &mut Conn,
    account_id: Uuid,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<OwnReport>> {
    let rows = reports::by(conn, account_id, after.unwrap_or_default(), limit).await?;
    Ok(rows.into_iter().map(OwnReport::from).collect())
}

/// All reports of a comment, as moderators see them, the newest first, from the span on in its direction; one more than its
/// limit.
///
/// # Errors
/// When the database is away.
pub async fn list_reports_on(conn: &mut Conn, comment_id: Uuid, span: &Span<Uuid>) -> Result<Vec<CommentReport>> {
    Ok(reports::page_on(conn, comment_id, span).await?.into_iter().map(CommentReport::from).collect())
}

/// How often each of these comments is reported for which reason, as far as nobody has decided on it; in one statement.
///
/// # Errors
/// When the database is away.
pub async fn count_reports(conn: &mut Conn, comment_ids: &[Uuid]) -> Result<Vec<(Uuid, ReportReason, i64)>> {
    let counts = reports::open(conn, comment_ids).await?.into_iter();
    Ok(counts.map(|(id, reason, count)| (id, ReportReason::named(&reason), count)).collect())
}

/// The reports of these comments that were decided on, the oldest first; in one statement.
///
/// # Errors
/// When the database is away.
pub async fn decided_reports(conn: &mut Conn, comment_ids: &[Uuid]) -> Result<Vec<DecidedReport>> {
    Ok(reports::decided(conn, comment_ids).await?)
}
