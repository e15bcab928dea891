//! What new comments point to in their articles.

use super::super::{
    queries::anchors,
    rules::{self, Anchor},
};
use crate::{
    db::Conn,
    error::{Field, Result},
};

/// What is wrong with what each of several comments points to: one statement for all of them, and none where nobody points
/// to anything.
///
/// # Errors
/// When the database is away.
pub async fn misplaced(conn: &mut Conn, anchors: &[Option<Anchor<'_>>]) -> Result<Vec<Option<Field>>> {
    let possible = anchors.iter().flatten().filter(|anchor| rules::could_be_section(anchor.section_id));
    let (articles, section_ids): (Vec<_>, Vec<_>) =
        possible.map(|anchor| (anchor.article_id, anchor.section_id)).unzip();
    let sections =
        if section_ids.is_empty() { Vec::new() } else { anchors::sections(conn, &articles, &section_ids).await? };
    let flaw = |anchor: &Anchor<'_>| rules::not_in_article(anchor, &sections);
    Ok(anchors.iter().map(|anchor| anchor.as_ref().and_then(flaw)).collect())
}
