//! Every statement on mails.

use super::types::{DueMail, NewMail, Posted, Standing, Unsubscription};
use crate::db::{
    Conn,
    schema::{bounces, former_people, mails, unsubscriptions},
};
use chrono::{DateTime, Utc};
use diesel::{
    dsl::{exists, select},
    prelude::*,
    sql_query,
    sql_types::BigInt,
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

pub async fn insert(conn: &mut Conn, row: &NewMail) -> QueryResult<usize> {
    diesel::insert_into(mails::table).values(row).execute(conn).await
}

/// Waits until no other transaction writes to this address, and keeps others waiting until the end of this one.
#[expect(clippy::disallowed_methods, reason = "advisory locks are not in the query builder")]
pub async fn lock_address(conn: &mut Conn, to_hash: &[u8]) -> QueryResult<usize> {
    let lock = to_hash.first_chunk::<8>().map_or(0, |bytes| i64::from_be_bytes(*bytes));
    sql_query("SELECT pg_advisory_xact_lock($1)").bind::<BigInt, _>(lock).execute(conn).await
}

/// What an address has had since the beginning of the day, since the last mail that would be too close, and since
/// bounces count, in this order. Mails of the kinds in `beside` count among their own
/// kind only.
pub async fn standing(
    conn: &mut Conn,
    to_hash: &[u8],
    kind: &str,
    beside: &[&str],
    [day, close, bounced]: [DateTime<Utc>; 3],
) -> QueryResult<Standing> {
    let since = |then| mails::table.filter(mails::to_hash.eq(to_hash).and(mails::created_at.gt(then)));
    let today = since(day).filter(mails::kind.ne_all(beside)).count().single_value().assume_not_null();
    let of_kind = since(day).filter(mails::kind.eq(kind)).count().single_value().assume_not_null();
    let just_now = since(close).filter(mails::kind.eq(kind)).count().single_value().assume_not_null();
    let bounced = exists(bounces::table.filter(bounces::to_hash.eq(to_hash).and(bounces::bounced_at.gt(bounced))));
    select((today, of_kind, just_now, bounced)).get_result(conn).await
}

/// The mail that has been due for longest, locked; one that another node is looking at is passed over.
pub async fn lock_due(conn: &mut Conn, now: DateTime<Utc>) -> QueryResult<Option<DueMail>> {
    mails::table
        .filter(mails::sent_at.is_null().and(mails::failed_at.is_null()))
        .filter(mails::next_attempt_at.le(now))
        .order(mails::next_attempt_at)
        .select(DueMail::as_select())
        .for_update()
        .skip_locked()
        .first(conn)
        .await
        .optional()
}

pub async fn begin_attempt(
    conn: &mut Conn,
    id: Uuid,
    attempts: i16,
    next_attempt_at: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::update(mails::table.find(id))
        .set((mails::attempts.eq(attempts), mails::next_attempt_at.eq(next_attempt_at)))
        .execute(conn)
        .await
}

/// Notes that it was sent, and erases what it said.
pub async fn sent(conn: &mut Conn, id: Uuid, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(mails::table.find(id))
        .set((mails::sent_at.eq(now), mails::sealed.eq(Vec::<u8>::new()), mails::failure.eq(None::<String>)))
        .execute(conn)
        .await
}

pub async fn failed(conn: &mut Conn, id: Uuid, failure: &str) -> QueryResult<usize> {
    diesel::update(mails::table.find(id)).set(mails::failure.eq(failure)).execute(conn).await
}

/// Notes that nobody will try again, and erases what it said.
pub async fn given_up(conn: &mut Conn, id: Uuid, failure: &str, now: DateTime<Utc>) -> QueryResult<usize> {
    diesel::update(mails::table.find(id))
        .set((mails::failed_at.eq(now), mails::sealed.eq(Vec::<u8>::new()), mails::failure.eq(failure)))
        .execute(conn)
        .await
}

pub async fn forget(conn: &mut Conn, before: DateTime<Utc>) -> QueryResult<usize> {
    let done = mails::sent_at.is_not_null().or(mails::failed_at.is_not_null());
    diesel::delete(mails::table.filter(mails::created_at.lt(before)).filter(done)).execute(conn).await
}

pub async fn erase_mails(conn: &mut Conn, to_hash: &[u8]) -> QueryResult<usize> {
    diesel::delete(mails::table.filter(mails::to_hash.eq(to_hash))).execute(conn).await
}

/// Takes back what waits to be sent to a person, of some kinds.
pub async fn take_back(conn: &mut Conn, person_id: Uuid, kinds: &[&str]) -> QueryResult<usize> {
    let waiting = mails::sent_at.is_null().and(mails::failed_at.is_null());
    let theirs = mails::person_id.eq(person_id).and(mails::kind.eq_any(kinds));
    diesel::delete(mails::table.filter(theirs.and(waiting))).execute(conn).await
}

/// Forgets the mails to a person, but those of one kind that somebody has tried to send.
pub async fn forget_mails(conn: &mut Conn, person_id: Uuid, but_of_kind: &str) -> QueryResult<usize> {
    let untried = mails::attempts.eq(0).or(mails::kind.ne(but_of_kind));
    diesel::delete(mails::table.filter(mails::person_id.eq(person_id).and(untried))).execute(conn).await
}

/// Nobody tries again to send what waits to be sent to a person.
pub async fn give_up(conn: &mut Conn, person_id: Uuid, now: DateTime<Utc>) -> QueryResult<usize> {
    let waiting = mails::sent_at.is_null().and(mails::failed_at.is_null());
    diesel::update(mails::table.filter(mails::person_id.eq(person_id).and(waiting)))
        .set((mails::failed_at.eq(now), mails::failure.eq("forgotten")))
        .execute(conn)
        .await
}

/// Takes a person off what is kept of mails, and erases what these said.
pub async fn unlink(conn: &mut Conn, person_id: Uuid) -> QueryResult<usize> {
    diesel::update(mails::table.filter(mails::person_id.eq(person_id)))
        .set((mails::person_id.eq(None::<Uuid>), mails::sealed.eq(Vec::<u8>::new())))
        .execute(conn)
        .await
}

/// Who somebody is now who is forgotten.
pub async fn former(conn: &mut Conn, former_hash: &[u8]) -> QueryResult<Option<Uuid>> {
    former_people::table.find(former_hash).select(former_people::person_id).first(conn).await.optional()
}

pub async fn keep_former(conn: &mut Conn, former_hash: &[u8], person_id: Uuid) -> QueryResult<usize> {
    let row = (former_people::former_hash.eq(former_hash), former_people::person_id.eq(person_id));
    diesel::insert_into(former_people::table).values(row).on_conflict_do_nothing().execute(conn).await
}

pub async fn forget_former(conn: &mut Conn, person_id: Uuid) -> QueryResult<usize> {
    diesel::delete(former_people::table.filter(former_people::person_id.eq(person_id))).execute(conn).await
}

pub async fn note_bounce(conn: &mut Conn, to_hash: &[u8], status: &str, now: DateTime<Utc>) -> QueryResult<usize> {
    let row = (bounces::to_hash.eq(to_hash), bounces::bounced_at.eq(now), bounces::status.eq(status));
    diesel::insert_into(bounces::table)
        .values(row)
        .on_conflict(bounces::to_hash)
        .do_update()
        .set((bounces::bounced_at.eq(now), bounces::status.eq(status)))
        .execute(conn)
        .await
}

pub async fn forget_bounce(conn: &mut Conn, to_hash: &[u8]) -> QueryResult<usize> {
    diesel::delete(bounces::table.find(to_hash)).execute(conn).await
}

pub async fn forget_bounces(conn: &mut Conn, before: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(bounces::table.filter(bounces::bounced_at.le(before))).execute(conn).await
}

/// Ids begin with the time at which they were made.
pub async fn posted_to(conn: &mut Conn, to_hash: &[u8], after: Uuid, limit: i64) -> QueryResult<Vec<Posted>> {
    mails::table
        .filter(mails::to_hash.eq(to_hash).and(mails::id.gt(after)))
        .order(mails::id)
        .limit(limit)
        .select((mails::id, mails::kind, mails::created_at, mails::sent_at))
        .load(conn)
        .await
}

/// Whether somebody wants no mails of a kind.
pub async fn has_unsubscribed(conn: &mut Conn, person_id: Uuid, kind: &str) -> QueryResult<bool> {
    select(exists(unsubscriptions::table.find((person_id, kind)))).get_result(conn).await
}

pub async fn unsubscriptions_of(conn: &mut Conn, person_id: Uuid) -> QueryResult<Vec<Unsubscription>> {
    let of_person = unsubscriptions::table.filter(unsubscriptions::person_id.eq(person_id));
    of_person.order(unsubscriptions::kind).select(Unsubscription::as_select()).load(conn).await
}

/// Doing it again changes nothing.
pub async fn unsubscribe(conn: &mut Conn, rows: &[Unsubscription]) -> QueryResult<usize> {
    diesel::insert_into(unsubscriptions::table).values(rows).on_conflict_do_nothing().execute(conn).await
}

pub async fn subscribe(conn: &mut Conn, person_id: Uuid, kinds: &[&str]) -> QueryResult<usize> {
    let of_person = unsubscriptions::person_id.eq(person_id);
    diesel::delete(unsubscriptions::table.filter(of_person.and(unsubscriptions::kind.eq_any(kinds))))
        .execute(conn)
        .await
}

pub async fn forget_unsubscriptions(conn: &mut Conn, person_id: Uuid) -> QueryResult<usize> {
    diesel::delete(unsubscriptions::table.filter(unsubscriptions::person_id.eq(person_id))).execute(conn).await
}
