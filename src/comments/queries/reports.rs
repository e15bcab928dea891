//! What readers report. Whoever writes here about a comment holds the counter row of its thread, so that the number in the
//! queue follows exactly.

use super::super::types::{DecidedReport, NewReport, NewReview, ReportOutcome, ReportRow, ReportTally, Tally};
use crate::{
    db::{
        Conn, Prepare,
        schema::{reports, reviews},
    },
    http::{cursor::Direction, list::Span},
};
use chrono::{DateTime, Utc};
use diesel::{
    dsl::{case_when, count_star, exists, max, select},
    prelude::*,
    sql_query,
    sql_types::{BigInt, SmallInt, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Somebody's report of a comment.
pub async fn of(conn: &mut Conn, comment_id: Uuid, reporter_id: Uuid) -> QueryResult<Option<ReportRow>> {
    reports::table
        .filter(reports::comment_id.eq(comment_id).and(reports::reporter_id.eq(reporter_id)))
        .select(ReportRow::as_select())
        .first(conn)
        .await
        .optional()
}

pub async fn insert(conn: &mut Conn, row: &NewReport<'_>) -> QueryResult<ReportRow> {
    diesel::insert_into(reports::table).values(row).returning(ReportRow::as_returning()).get_result(conn).await
}

/// Whether somebody's last reports were upheld, `limit` at most of those that were decided.
pub async fn upheld(conn: &mut Conn, reporter_id: Uuid, limit: i64) -> QueryResult<Vec<bool>> {
    reports::table
        .filter(reports::reporter_id.eq(reporter_id).and(reports::outcome.is_not_null()))
        .order(reports::id.desc())
        .limit(limit)
        .select(reports::outcome.eq(ReportOutcome::Upheld.as_str()).assume_not_null())
        .load(conn)
        .await
}

/// How many report a comment whose text has this revision.
#[expect(clippy::disallowed_methods, reason = "an aggregate with a condition is not in the query builder")]
pub async fn tally(conn: &mut Conn, comment_id: Uuid, revision: i64) -> QueryResult<Tally> {
    sql_query(
        "SELECT count(*) FILTER (WHERE counts AND outcome IS NULL) AS open,
                count(DISTINCT coalesce(network_hash, uuid_send(reporter_id), uuid_send(id)))
                    FILTER (WHERE counts AND outcome IS NULL AND revision = $2) AS on_text,
                coalesce(bool_or(revision = $2 AND outcome = 'dismissed'), false) AS let_stand
         FROM reports WHERE comment_id = $1",
    )
    .bind::<SqlUuid, _>(comment_id)
    .bind::<BigInt, _>(revision)
    .prepared()
    .get_result(conn)
    .await
}

/// Whether somebody's report of a comment waits for an answer, also one that does not count.
pub async fn is_open(conn: &mut Conn, comment_id: Uuid) -> QueryResult<bool> {
    let open = reports::table.filter(reports::comment_id.eq(comment_id).and(reports::outcome.is_null()));
    diesel::select(diesel::dsl::exists(open)).get_result(conn).await
}

/// Queues a comment that is reported, with how many do. What waits keeps its place, its claim and the higher priority.
pub async fn queue(conn: &mut Conn, row: &NewReview, reports: i32) -> QueryResult<usize> {
    let higher =
        case_when(reviews::priority.lt(row.priority), row.priority.into_sql::<SmallInt>()).otherwise(reviews::priority);
    let held = (row.state == "held").then(|| reviews::state.eq("held"));
    diesel::insert_into(reviews::table)
        .values((
            (reviews::comment_id.eq(row.comment_id), reviews::article_id.eq(row.article_id)),
            (reviews::state.eq(row.state), reviews::queued_at.eq(row.queued_at), reviews::priority.eq(row.priority)),
            (reviews::author_id.eq(row.author_id), reviews::by_guest.eq(row.by_guest)),
            (reviews::has_link.eq(row.has_link), reviews::first_time.eq(row.first_time)),
            (reviews::edited.eq(row.edited), reviews::reports.eq(reports)),
        ))
        .on_conflict(reviews::comment_id)
        .do_update()
        .set((held, reviews::reports.eq(reports), reviews::priority.eq(higher)))
        .execute(conn)
        .await
}

/// Somebody's reports, the newest first: from the span on in its direction, one more than its limit. Ids begin with the
/// time at which they were made.
pub async fn page(conn: &mut Conn, reporter_id: Uuid, span: &Span<Uuid>) -> QueryResult<Vec<ReportRow>> {
    let own = reports::table
        .filter(reports::reporter_id.eq(reporter_id))
        .select(ReportRow::as_select())
        .limit(span.limit + 1)
        .into_boxed();
    match span.direction {
        Direction::Next => own.filter(reports::id.lt(span.from.unwrap_or(Uuid::max()))).order(reports::id.desc()),
        Direction::Previous => own.filter(reports::id.gt(span.from.unwrap_or_default())).order(reports::id.asc()),
    }
    .load(conn)
    .await
}

/// The same of a comment.
pub async fn page_on(conn: &mut Conn, comment_id: Uuid, span: &Span<Uuid>) -> QueryResult<Vec<ReportRow>> {
    let of_comment = reports::table
        .filter(reports::comment_id.eq(comment_id))
        .select(ReportRow::as_select())
        .limit(span.limit + 1)
        .into_boxed();
    match span.direction {
        Direction::Next => {
            of_comment.filter(reports::id.lt(span.from.unwrap_or(Uuid::max()))).order(reports::id.desc())
        }
        Direction::Previous => {
            of_comment.filter(reports::id.gt(span.from.unwrap_or_default())).order(reports::id.asc())
        }
    }
    .load(conn)
    .await
}

/// How often these comments are reported for which reason, as far as nobody has decided on it.
pub async fn open(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<Vec<(Uuid, String, i64)>> {
    reports::table
        .filter(reports::comment_id.eq_any(comment_ids).and(reports::outcome.is_null()))
        .group_by((reports::comment_id, reports::reason))
        .select((reports::comment_id, reports::reason, count_star()))
        .load(conn)
        .await
}

/// How often a comment was reported for which reason, and what came of it.
pub async fn tallied(conn: &mut Conn, comment_id: Uuid) -> QueryResult<Vec<ReportTally>> {
    reports::table
        .filter(reports::comment_id.eq(comment_id))
        .group_by((reports::reason, reports::outcome))
        .select((reports::reason, reports::outcome, count_star(), max(reports::created_at)))
        .load(conn)
        .await
}

/// The reports of these comments that were decided on, with who made them, the oldest first.
pub async fn decided(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<Vec<DecidedReport>> {
    reports::table
        .filter(reports::comment_id.eq_any(comment_ids).and(reports::decided_at.is_not_null()))
        .order(reports::id)
        .select((reports::comment_id, reports::decided_at.assume_not_null(), reports::reporter_id, reports::by_guest))
        .load(conn)
        .await
}

/// Decides all reports of comments on which nobody has decided.
pub async fn decide(
    conn: &mut Conn,
    comment_ids: &[Uuid],
    outcome: ReportOutcome,
    now: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::update(reports::table.filter(reports::comment_id.eq_any(comment_ids).and(reports::outcome.is_null())))
        .set((
            reports::outcome.eq(outcome.as_str()),
            reports::decided_at.eq(now),
            reports::network_hash.eq(None::<Vec<u8>>),
        ))
        .execute(conn)
        .await
}

/// Opens the reports of a comment again that a verdict decided on, and counts those that count where it waits.
#[expect(clippy::disallowed_methods, reason = "setting a column to a subquery's count is not in the query builder")]
pub async fn reopen(conn: &mut Conn, comment_id: Uuid, decided_at: DateTime<Utc>) -> QueryResult<usize> {
    let decided = reports::comment_id.eq(comment_id).and(reports::decided_at.eq(decided_at));
    diesel::update(reports::table.filter(decided))
        .set((reports::outcome.eq(None::<String>), reports::decided_at.eq(None::<DateTime<Utc>>)))
        .execute(conn)
        .await?;
    sql_query(
        "UPDATE reviews SET reports = (SELECT count(*) FROM reports WHERE comment_id = $1 AND counts AND outcome IS NULL)
         WHERE comment_id = $1",
    )
    .bind::<SqlUuid, _>(comment_id)
    .execute(conn)
    .await
}

/// Takes somebody off a bounded number of their reports, with what they said: what they reported is still looked at.
pub async fn unlink(conn: &mut Conn, reporter_id: Uuid, limit: i64) -> QueryResult<usize> {
    let own = reports::table.filter(reports::reporter_id.eq(reporter_id)).select(reports::id).limit(limit);
    let own: Vec<Uuid> = own.load(conn).await?;
    diesel::update(reports::table.filter(reports::id.eq_any(own)))
        .set((
            reports::reporter_id.eq(None::<Uuid>),
            reports::note.eq(None::<String>),
            reports::network_hash.eq(None::<Vec<u8>>),
        ))
        .execute(conn)
        .await
}

/// Forgets what was said of comments whose author is erased.
pub async fn forget_notes(conn: &mut Conn, comment_ids: &[Uuid]) -> QueryResult<usize> {
    let said = reports::comment_id.eq_any(comment_ids).and(reports::note.is_not_null());
    diesel::update(reports::table.filter(said)).set(reports::note.eq(None::<String>)).execute(conn).await
}

/// Whether somebody reported anything.
pub async fn has(conn: &mut Conn, reporter_id: Uuid) -> QueryResult<bool> {
    select(exists(reports::table.filter(reports::reporter_id.eq(reporter_id)))).get_result(conn).await
}

/// Gives a guest's reports to an account; where both reported the same, or it is the account's own comment, the guest is
/// only taken off.
#[expect(clippy::disallowed_methods, reason = "CASE over a subquery of the same table is not in the query builder")]
pub async fn hand_over(conn: &mut Conn, guest_id: Uuid, account_id: Uuid) -> QueryResult<usize> {
    sql_query(
        "UPDATE reports SET by_guest = false, network_hash = NULL, reporter_id = CASE
             WHEN EXISTS (SELECT FROM reports AS other WHERE other.comment_id = reports.comment_id AND other.reporter_id = $2)
               OR EXISTS (SELECT FROM comments WHERE comments.id = reports.comment_id AND comments.account_id = $2)
             THEN NULL ELSE $2 END
         WHERE reporter_id = $1",
    )
    .bind::<SqlUuid, _>(guest_id)
    .bind::<SqlUuid, _>(account_id)
    .execute(conn)
    .await
}

/// Somebody's reports in the order in which they were made.
pub async fn by(conn: &mut Conn, reporter_id: Uuid, after: Uuid, limit: i64) -> QueryResult<Vec<ReportRow>> {
    reports::table
        .filter(reports::reporter_id.eq(reporter_id).and(reports::id.gt(after)))
        .order(reports::id)
        .limit(limit)
        .select(ReportRow::as_select())
        .load(conn)
        .await
}
