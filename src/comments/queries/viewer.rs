//! Statements on what is one person's own on an article.

use super::{
    super::types::{Author, CommentRow},
    with_authors,
};
use crate::db::{
    Conn,
    schema::{comment_revisions, comments, reactions},
};
use chrono::{DateTime, Utc};
use diesel::{dsl::exists, prelude::*};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Somebody's reactions on an article, the newest first.
pub async fn reactions(
    conn: &mut Conn,
    person: Author,
    article_id: Uuid,
    limit: i64,
) -> QueryResult<Vec<(Uuid, String)>> {
    reactions::table
        .filter(reactions::person_id.eq(person.id()).and(reactions::article_id.eq(article_id)))
        .order((reactions::created_at.desc(), reactions::comment_id, reactions::kind))
        .limit(limit)
        .select((reactions::comment_id, reactions::kind))
        .load(conn)
        .await
}

/// Somebody's comments on an article that are not everybody's to see; the newest first. Of those that are deleted, those that
/// a moderator deleted, while they can be restored.
pub async fn unseen(
    conn: &mut Conn,
    person: Author,
    article_id: Uuid,
    now: DateTime<Utc>,
    limit: i64,
) -> QueryResult<Vec<CommentRow>> {
    let kept = comment_revisions::comment_id.eq(comments::id).and(comment_revisions::expires_at.gt(now));
    let restorable = comments::status.eq("deleted").and(exists(comment_revisions::table.filter(kept)));
    let withheld = comments::status.eq_any(["pending", "held", "rejected"]);
    let unseen = with_authors()
        .filter(comments::article_id.eq(article_id).and(withheld.or(restorable)))
        .select(CommentRow::as_select())
        .order(comments::id.desc())
        .limit(limit)
        .into_boxed();
    match person {
        Author::Member(id) => unseen.filter(comments::account_id.eq(id)),
        Author::Guest(id) => unseen.filter(comments::guest_id.eq(id)),
    }
    .load(conn)
    .await
}

/// Which of somebody's comments on an article are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changeable {
    /// All that they wrote.
    All,
    /// Those that were written after this time.
    After(DateTime<Utc>),
    /// Those that nobody has answered.
    Unanswered,
}

/// Somebody's comments on an article that are neither refused nor deleted; the newest first.
pub async fn changeable(
    conn: &mut Conn,
    person: Author,
    article_id: Uuid,
    which: Changeable,
    limit: i64,
) -> QueryResult<Vec<CommentRow>> {
    let mut own = with_authors()
        .filter(comments::article_id.eq(article_id).and(comments::status.eq_any(["visible", "pending", "held"])))
        .select(CommentRow::as_select())
        .order(comments::id.desc())
        .limit(limit)
        .into_boxed();
    own = match which {
        Changeable::All => own,
        Changeable::After(after) => own.filter(comments::created_at.gt(after)),
        Changeable::Unanswered => own.filter(comments::reply_count.eq(0)),
    };
    match person {
        Author::Member(id) => own.filter(comments::account_id.eq(id)),
        Author::Guest(id) => own.filter(comments::guest_id.eq(id)),
    }
    .load(conn)
    .await
}
