//! Comments as those who wrote them see them.

use super::{
    super::{
        queries::{reviews, verdicts},
        types::{Comment, CommentRow, CommentStatus, Moderation, OwnDecision, VerdictRow},
    },
    mentions::whole,
};
use crate::{db::Conn, error::Result};
use std::collections::HashMap;
use uuid::Uuid;

/// Comments with their texts, whatever their status, and why those that are not shown are not.
///
/// # Errors
/// When the database is away.
pub async fn own(conn: &mut Conn, rows: Vec<CommentRow>) -> Result<Vec<Comment>> {
    let mut comments = whole(conn, rows).await?;
    let all: Vec<(Uuid, CommentStatus)> = comments.iter().map(|comment| (comment.id, comment.status)).collect();
    let mut why = reasons(conn, &all).await?;
    for comment in &mut comments {
        comment.moderation = why.remove(&comment.id);
    }
    Ok(comments)
}

/// Why those of these comments that are not shown are not, each named with its status: what was found in them, and what was
/// decided on them. Of what nobody but its author deleted there is nothing to tell. Nothing is asked where all are shown.
///
/// # Errors
/// When the database is away.
pub async fn reasons(conn: &mut Conn, comments: &[(Uuid, CommentStatus)]) -> Result<HashMap<Uuid, Moderation>> {
    let hidden = comments.iter().filter(|(_, status)| *status != CommentStatus::Visible);
    let ids: Vec<Uuid> = hidden.clone().map(|(id, _)| *id).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let mut found: HashMap<Uuid, Vec<String>> = HashMap::new();
    for (comment_id, check) in reviews::reasons(conn, &ids).await? {
        found.entry(comment_id).or_default().push(check);
    }
    let decided = verdicts::last_of(conn, &ids).await?.into_iter();
    let mut decided: HashMap<Uuid, VerdictRow> = decided.map(|verdict| (verdict.comment_id, verdict)).collect();
    let moderation = |(id, status): &(Uuid, CommentStatus)| {
        let checks = found.remove(id).unwrap_or_default();
        // What its author did since then is not what was decided.
        let verdict = decided.remove(id).filter(|verdict| verdict.became == *status);
        let told = status.is_withheld() || verdict.is_some();
        let moderation = Moderation::of(checks.iter().map(String::as_str));
        told.then(|| (*id, Moderation { decision: verdict.map(OwnDecision::from), ..moderation }))
    };
    Ok(hidden.filter_map(moderation).collect())
}
