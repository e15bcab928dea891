//! Taking personal data out of what was posted.

use super::{
    super::{
        queries::{corrections, history, prints, reviews},
        rules,
        types::{Change, CommentRow, Writer},
    },
    change::{hold, turn},
    colleagues::Colleagues,
    news::News,
};
use crate::{
    audit::{self, Entry},
    error::Result,
    events::Tx,
    http::precondition::IfMatch,
    screening::{self, PersonalData},
    text::Bounds,
};
use serde_json::json;
use uuid::Uuid;

/// Replaces personal data of some kinds in a comment, in all that it said before, and in what its author said of having
/// corrected it. What it said until now is not kept:
/// a history would keep the very data. It stays in the state in which it is; where nothing is found, it stays the same.
///
/// # Errors
/// As [`rules::may_redact`]; [`Code::Conflict`](crate::error::Code::Conflict) when another moderator has claimed it;
/// [`Code::PreconditionFailed`](crate::error::Code::PreconditionFailed).
pub async fn redact(
    tx: &mut Tx<'_>,
    id: Uuid,
    writer: Writer,
    revision: &IfMatch,
    kinds: &[PersonalData],
) -> Result<()> {
    let (lock, placed) = hold(tx, id).await?;
    let comment = &placed.comment;
    rules::may_redact(&placed, writer)?;
    if !comment.is_by(writer) {
        Colleagues::at(tx, &[id]).await?.on(id, tx.now).have_not_claimed(writer.account_id())?;
    }
    revision.check(comment.revision)?;
    let mut all = redact_history(tx, id, kinds).await?;
    let in_notes = redact_notes(tx, id, kinds).await?;
    // A note stands beside what the comment says now, and is no part of it.
    let mut changed = (!in_notes.is_empty()).then(|| comment.shown());
    all.extend(in_notes);
    if let Some((text, found)) = without(&comment.body_markdown, kinds, Bounds::COMMENT) {
        let text = rules::derive(text);
        let change = Change { status: comment.status, text: Some(&text), edited_at: Some(tx.now), deleted_at: None };
        changed = Some(turn(tx, &lock, comment, &change).await?);
        reviews::carry_hits(tx.conn, id, comment.revision + 1, &[]).await?;
        prints::forget(tx.conn, &[id]).await?;
        all.extend(found);
    }
    if let Some(public) = changed {
        tx.append(News::of("comment.edited", &lock, id).by(writer.account_id()).public(public).into());
    }
    all.sort_unstable();
    all.dedup();
    remember(tx, comment, writer, &all).await
}

/// Redacts the earlier texts of a comment. Returns the kinds that were found.
async fn redact_history(tx: &mut Tx<'_>, id: Uuid, kinds: &[PersonalData]) -> Result<Vec<PersonalData>> {
    let earlier = history::of_comments(tx.conn, &[id]).await?;
    let earlier = earlier.into_iter().map(|row| (row.revision, row.body));
    let (changed, all) = each_without(earlier, kinds, Bounds::COMMENT);
    if !changed.is_empty() {
        history::rewrite(tx.conn, id, &changed).await?;
    }
    Ok(all)
}

/// Redacts what its author said of having corrected it. Returns the kinds that were found.
async fn redact_notes(tx: &mut Tx<'_>, id: Uuid, kinds: &[PersonalData]) -> Result<Vec<PersonalData>> {
    let notes = corrections::notes(tx.conn, id).await?;
    let (changed, all) = each_without(notes, kinds, rules::CORRECTION);
    if !changed.is_empty() {
        corrections::rewrite(tx.conn, id, &changed).await?;
    }
    Ok(all)
}

/// Those texts, by their revisions, that are others without what is to go, and the kinds that were found.
fn each_without(
    texts: impl IntoIterator<Item = (i64, String)>,
    kinds: &[PersonalData],
    bounds: Bounds,
) -> (Vec<(i64, String)>, Vec<PersonalData>) {
    let (mut changed, mut all) = (Vec::new(), Vec::new());
    for (revision, text) in texts {
        if let Some((text, found)) = without(&text, kinds, bounds) {
            changed.push((revision, text));
            all.extend(found);
        }
    }
    (changed, all)
}

/// A text without what is to go, if there is any, no longer than it may be.
fn without(text: &str, kinds: &[PersonalData], bounds: Bounds) -> Option<(String, Vec<PersonalData>)> {
    let (text, found) = screening::redact(text, kinds);
    (!found.is_empty()).then(|| (text.chars().take(bounds.max).collect(), found))
}

/// Notes what a moderator took out of somebody else's comment.
async fn remember(tx: &mut Tx<'_>, comment: &CommentRow, writer: Writer, found: &[PersonalData]) -> Result<()> {
    if comment.is_by(writer) || found.is_empty() {
        return Ok(());
    }
    let entry = Entry {
        kind: "comment.redacted",
        actor_id: writer.account_id(),
        subject_id: Some(comment.id),
        network_hash: None,
        data: json!({ "kinds": found }),
    };
    audit::record(tx, entry).await
}
