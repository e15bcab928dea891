//! The desk as coaches see it.

use super::super::{
    queries::{desk, numbers, questions},
    types::{CoachNumber, DeskFilter, DeskItem, DeskNumbers, DeskPlace, Question},
};
use crate::{
    accounts,
    comments::{self, Colleague, ModeratedComment},
    db::Conn,
    error::{Error, Result},
    http::list::{List, Span},
};
use chrono::{DateTime, NaiveTime, Utc};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// What is counted of anything, at most.
const MOST: i64 = 10_000;

/// A page of questions with their comments. `page` makes it out of one row more than the span's limit.
///
/// # Errors
/// When the database is away.
pub async fn list_desk(
    conn: &mut Conn,
    filter: &DeskFilter,
    span: &Span<DeskPlace>,
    page: impl FnOnce(Vec<Question>) -> Result<List<Question>>,
) -> Result<List<DeskItem>> {
    let page = page(desk::page(conn, filter, span).await?)?;
    let items = whole(conn, &page.items, filter.viewer, filter.now).await?;
    Ok(page.with(|_| items))
}

/// A question that is on the desk.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound) for a comment that is not on the desk.
pub async fn see(conn: &mut Conn, comment_id: Uuid, viewer: Uuid, now: DateTime<Utc>) -> Result<DeskItem> {
    let question = questions::find(conn, comment_id).await?.ok_or_else(Error::not_found)?;
    whole(conn, &[question], viewer, now).await?.pop().ok_or_else(Error::not_found)
}

/// Questions with their comments, in a fixed number of statements.
async fn whole(conn: &mut Conn, rows: &[Question], viewer: Uuid, now: DateTime<Utc>) -> Result<Vec<DeskItem>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.comment_id).collect();
    let comments = comments::see_moderated_each(conn, &ids).await?.into_iter();
    let mut comments: HashMap<Uuid, ModeratedComment> = comments.map(|it| (it.comment.id, it)).collect();
    let names = names_in(conn, rows).await?;
    let item = |row: &Question| Some(DeskItem::of(row, comments.remove(&row.comment_id)?, &names, viewer, now));
    Ok(rows.iter().filter_map(item).collect())
}

/// The names of those who have to do with questions.
pub(super) async fn names_in<'a>(
    conn: &mut Conn,
    questions: impl IntoIterator<Item = &'a Question>,
) -> Result<HashMap<Uuid, String>> {
    let people = |question: &Question| [question.claimed_by, question.answered_by, question.decided_by];
    let ids: BTreeSet<Uuid> = questions.into_iter().flat_map(people).flatten().collect();
    accounts::names_of(conn, &Vec::from_iter(ids)).await
}

/// How the desk stands.
///
/// # Errors
/// When the database is away.
pub async fn count_desk(conn: &mut Conn, now: DateTime<Utc>) -> Result<DeskNumbers> {
    let open = numbers::open(conn, now, MOST).await?;
    let midnight = now.date_naive().and_time(NaiveTime::MIN).and_utc();
    let answered = numbers::answered(conn, midnight, MOST).await?;
    let coaches: Vec<Uuid> = answered.iter().filter_map(|row| row.answered_by).collect();
    let names = accounts::names_of(conn, &coaches).await?;
    let answered_today = answered.iter().map(|row| row.answered).sum();
    let counted = [open.waiting, open.claimed + open.snoozed, answered_today];
    let by_coach = answered.into_iter().map(|row| {
        let name = row.answered_by.and_then(|id| Some((id, names.get(&id)?)));
        CoachNumber { by: name.map(|(id, name)| Colleague { id, name: name.clone() }), answered: row.answered }
    });
    let seconds = |at: DateTime<Utc>| (now - at).num_seconds().max(0);
    Ok(DeskNumbers {
        waiting: open.waiting,
        claimed: open.claimed,
        snoozed: open.snoozed,
        oldest_at: open.oldest_at,
        oldest_seconds: open.oldest_at.map(seconds),
        median_seconds: open.median_at.map(seconds),
        answered_today,
        by_coach: by_coach.collect(),
        at_least: counted.into_iter().any(|count| count >= MOST),
    })
}
