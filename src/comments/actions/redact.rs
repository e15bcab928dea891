//! Taking personal data out of what was posted.

use super::{
    super::{
        queries::{history, prints, reviews},
        rules,
        types::{Change, CommentRow, Writer},
    },
    announce,
    change::{hold, turn},
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

/// Replaces personal data of some kinds in a comment, and in all that it said before. What it said until now is not kept:
/// a history would keep the very data. It stays in the state in which it is; where nothing is found, it stays the same.
///
/// # Errors
/// As [`rules::may_redact`]; [`Code::PreconditionFailed`](crate::error::Code::PreconditionFailed).
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
    revision.check(comment.revision)?;
    let mut all = redact_history(tx, id, kinds).await?;
    if let Some((text, found)) = without(&comment.body_markdown, kinds) {
        let text = rules::derive(text);
        let change = Change { status: comment.status, text: Some(&text), edited_at: Some(tx.now), deleted_at: None };
        let public = turn(tx, &lock, comment, &change).await?;
        reviews::carry_hits(tx.conn, id, comment.revision + 1, &[]).await?;
        prints::forget(tx.conn, &[id]).await?;
        announce(tx, "comment.edited", &lock, id, writer.account_id(), public);
        all.extend(found);
    }
    all.sort_unstable();
    all.dedup();
    remember(tx, comment, writer, &all).await
}

/// Redacts the earlier texts of a comment. Returns the kinds that were found.
async fn redact_history(tx: &mut Tx<'_>, id: Uuid, kinds: &[PersonalData]) -> Result<Vec<PersonalData>> {
    let earlier = history::of_comments(tx.conn, &[id]).await?;
    let (mut changed, mut all) = (Vec::new(), Vec::new());
    for row in &earlier {
        if let Some((text, found)) = without(&row.body, kinds) {
            changed.push((row.revision, text));
            all.extend(found);
        }
    }
    if !changed.is_empty() {
        history::rewrite(tx.conn, id, &changed).await?;
    }
    Ok(all)
}

/// A text without what is to go, if there is any, no longer than a comment may be.
fn without(markdown: &str, kinds: &[PersonalData]) -> Option<(String, Vec<PersonalData>)> {
    let (text, found) = screening::redact(markdown, kinds);
    (!found.is_empty()).then(|| (text.chars().take(Bounds::COMMENT.max).collect(), found))
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
