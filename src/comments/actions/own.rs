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
    let withheld = comments.iter().filter(|comment| comment.status.is_withheld());
    let withheld: Vec<(Uuid, CommentStatus)> = withheld.map(|comment| (comment.id, comment.status)).collect();
    let mut why = reasons(conn, &withheld).await?;
    for comment in &mut comments {
        comment.moderation = why.remove(&comment.id);
    }
    Ok(comments)
}

/// Why comments that are withheld are, each named with its status: what was found in them, and what was decided on them. Nothing
/// is asked where none is.
///
/// # Errors
/// When the database is away.
pub async fn reasons(conn: &mut Conn, withheld: &[(Uuid, CommentStatus)]) -> Result<HashMap<Uuid, Moderation>> {
    if withheld.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = withheld.iter().map(|(id, _)| *id).collect();
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
        let moderation = Moderation::of(checks.iter().map(String::as_str));
        (*id, Moderation { decision: verdict.map(OwnDecision::from), ..moderation })
    };
    Ok(withheld.iter().map(moderation).collect())
}
