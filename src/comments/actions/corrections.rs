//! What authors say of having corrected their comments.

use super::super::{
    queries::corrections,
    rules,
    types::{Comment, Correction},
};
use crate::{db::Conn, error::Result};
use std::collections::HashMap;
use uuid::Uuid;

/// Puts into comments, and into those below them, the last that was said of a correction, where there is a text. Nothing is
/// asked where none was changed.
///
/// # Errors
/// When the database is away.
pub async fn show_corrections(conn: &mut Conn, lists: &mut [&mut [Comment]]) -> Result<()> {
    let mut changed = Vec::new();
    for list in &mut *lists {
        rules::for_each(list, |comment| {
            changed.extend((comment.edited_at.is_some() && comment.body.is_some()).then_some(comment.id));
        });
    }
    if changed.is_empty() {
        return Ok(());
    }
    // The last of each is what stays.
    let noted: HashMap<Uuid, Correction> = corrections::of_comments(conn, &changed).await?.into_iter().collect();
    for list in lists {
        rules::for_each(list, |comment| comment.correction = noted.get(&comment.id).cloned());
    }
    Ok(())
}
