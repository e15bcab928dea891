//! Statements on drafts.

use super::super::types::SealedDraft;
use crate::{
    db::{Conn, schema::answer_drafts},
    http::{cursor::Direction, list::Span},
};
use chrono::{DateTime, Utc};
use diesel::{prelude::*, upsert::excluded};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Keeps a draft, instead of the one that was there.
pub async fn keep(
    conn: &mut Conn,
    account_id: Uuid,
    comment_id: Uuid,
    sealed: &[u8],
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::insert_into(answer_drafts::table)
        .values((
            answer_drafts::account_id.eq(account_id),
            answer_drafts::comment_id.eq(comment_id),
            answer_drafts::sealed.eq(sealed),
            answer_drafts::updated_at.eq(now),
        ))
        .on_conflict((answer_drafts::account_id, answer_drafts::comment_id))
        .do_update()
        .set((
            answer_drafts::sealed.eq(excluded(answer_drafts::sealed)),
            answer_drafts::updated_at.eq(excluded(answer_drafts::updated_at)),
        ))
        .execute(conn)
        .await
}

/// How many drafts a coach has of answers to others than this comment.
pub async fn count_others(conn: &mut Conn, account_id: Uuid, comment_id: Uuid) -> QueryResult<i64> {
    let others = answer_drafts::account_id.eq(account_id).and(answer_drafts::comment_id.ne(comment_id));
    answer_drafts::table.filter(others).count().get_result(conn).await
}

pub async fn find(conn: &mut Conn, account_id: Uuid, comment_id: Uuid) -> QueryResult<Option<SealedDraft>> {
    let draft = answer_drafts::table.find((account_id, comment_id));
    let columns = (answer_drafts::comment_id, answer_drafts::sealed, answer_drafts::updated_at);
    draft.select(columns).first(conn).await.optional()
}

/// A coach's drafts, the one kept last first, from the span on in its direction; one more than its limit.
pub async fn page(
    conn: &mut Conn,
    account_id: Uuid,
    span: &Span<(DateTime<Utc>, Uuid)>,
) -> QueryResult<Vec<SealedDraft>> {
    let (at, id) = (answer_drafts::updated_at, answer_drafts::comment_id);
    let mut drafts = answer_drafts::table
        .filter(answer_drafts::account_id.eq(account_id))
        .select((id, answer_drafts::sealed, at))
        .limit(span.limit + 1)
        .into_boxed();
    if span.direction == Direction::Next {
        if let Some((from, beside)) = span.from {
            drafts = drafts.filter(at.lt(from).or(at.eq(from).and(id.lt(beside))));
        }
        drafts.order((at.desc(), id.desc())).load(conn).await
    } else {
        if let Some((from, beside)) = span.from {
            drafts = drafts.filter(at.gt(from).or(at.eq(from).and(id.gt(beside))));
        }
        drafts.order((at.asc(), id.asc())).load(conn).await
    }
}

/// A coach's drafts by the comments that they are to answer, those after one, `limit` at most.
pub async fn of_coach(conn: &mut Conn, account_id: Uuid, after: Uuid, limit: i64) -> QueryResult<Vec<SealedDraft>> {
    answer_drafts::table
        .filter(answer_drafts::account_id.eq(account_id).and(answer_drafts::comment_id.gt(after)))
        .order(answer_drafts::comment_id)
        .limit(limit)
        .select((answer_drafts::comment_id, answer_drafts::sealed, answer_drafts::updated_at))
        .load(conn)
        .await
}

pub async fn delete(conn: &mut Conn, account_id: Uuid, comment_id: Uuid) -> QueryResult<usize> {
    diesel::delete(answer_drafts::table.find((account_id, comment_id))).execute(conn).await
}

/// Deletes all drafts of a coach.
pub async fn forget(conn: &mut Conn, account_id: Uuid) -> QueryResult<usize> {
    diesel::delete(answer_drafts::table.filter(answer_drafts::account_id.eq(account_id))).execute(conn).await
}
