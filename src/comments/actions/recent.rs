//! What was said lately, to try rules on.

use super::{
    super::{
        queries::{recent, standings},
        types::{Figures, RecentText},
    },
    screen::LATELY,
};
use crate::{
    db::Conn,
    error::Result,
    screening::{Policy, Standing},
};
use chrono::{DateTime, Utc};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Comments that still have a text, each with what is known of its author today, but for sanctions; the last to come in
/// first, `limit` at most, of one article only, if one is named. `before` is the last one that was seen. In two statements.
///
/// # Errors
/// When the database is away.
pub async fn recent_texts(
    conn: &mut Conn,
    article_id: Option<Uuid>,
    before: Option<&RecentText>,
    limit: usize,
    (policy, now): (&Policy, DateTime<Utc>),
) -> Result<Vec<(RecentText, Standing)>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let texts = recent::texts(conn, article_id, before.map(|text| (text.id, text.position)), limit).await?;
    let authors: HashSet<Uuid> = texts.iter().filter_map(RecentText::author_id).collect();
    let authors: Vec<(Uuid, bool)> = authors.into_iter().map(|author_id| (author_id, true)).collect();
    let figures = standings::figures(conn, &authors, policy.known_after.max(1), now - LATELY).await?;
    let figures: HashMap<Uuid, Figures> = figures.into_iter().map(|figures| (figures.author_id, figures)).collect();
    let with_standing = |text: RecentText| {
        let figures = text.author_id().and_then(|id| figures.get(&id));
        let standing = Figures::standing(figures, text.kind(), None);
        (text, standing)
    };
    Ok(texts.into_iter().map(with_standing).collect())
}
