//! An admin who has to read a thread says why, is let read it for an hour, and those who are in it are told.

use super::{
    super::{
        queries::{accesses, coaches, messages, names},
        types::{
            AccessRow, OpenedThread, PrivateAccess, PrivateAdmin, PrivateMessage, ReasonedAccess, Seated, ThreadRow,
            Who,
        },
    },
    keep::{key_of, open_title},
    messages::shown,
    tell::tell_of_access,
    view::{coach, name, reader},
};
use crate::{
    audit::{self, Entry},
    comments::Reception,
    error::{Code, Error, Field, Result},
    events::Tx,
    http::{actor::Actor, list::Span},
    secrets::{Secrets, ThreadKey},
    text::{self, Bounds},
};
use chrono::{SecondsFormat, TimeDelta};
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;

/// How long an admin may read.
const OPEN_FOR: TimeDelta = TimeDelta::hours(1);

/// The longest reason, characters.
const REASON: Bounds = Bounds::new(1, 500);

/// The field of an access that its reason is sealed for.
const FIELD: &str = "reason";

/// Lets an admin read a thread for an hour.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::Validation`] at `/reason`; [`Code::Conflict`] while the admin may read it already.
pub async fn break_glass(
    tx: &mut Tx<'_>,
    office: &Reception,
    by: &Actor,
    id: Uuid,
    reason: &str,
) -> Result<OpenedThread> {
    let thread = accesses::hold_any(tx.conn, id).await?.ok_or_else(Error::not_found)?;
    let flaw = |flaw: text::Flaw| Error::validation(vec![Field::body("/reason", flaw.code(), flaw.detail())]);
    let reason = text::clean(reason, REASON).map_err(flaw)?;
    if let Some((_, open)) = accesses::open(tx.conn, id, by.account_id, tx.now).await? {
        let until = open.until.to_rfc3339_opts(SecondsFormat::Secs, true);
        return Err(Error::new(Code::Conflict, format!("You may read it already, until {until}.")));
    }
    let (access_id, at, until) = (tx.id(), tx.now, tx.now + OPEN_FOR);
    let reason_sealed = key_of(&office.secrets, &thread)?.seal(access_id, FIELD, &reason)?;
    let account_id = Some(by.account_id);
    let row = AccessRow { id: access_id, thread_id: id, account_id, reason_sealed, at, until };
    accesses::insert(tx.conn, &row).await?;
    note(tx, by, "private_thread.opened", &row).await?;
    tell_of_access(tx, office, &thread).await?;
    show(tx, &office.secrets, thread, &row).await
}

/// A thread that an admin may read now.
///
/// # Errors
/// [`Code::NotFound`] for whoever has not said why within the last hour.
pub async fn see_opened(tx: &mut Tx<'_>, secrets: &Secrets, by: &Actor, id: Uuid) -> Result<OpenedThread> {
    let (thread, access) = opened(tx, by, id).await?;
    show(tx, secrets, thread, &access).await
}

/// Its messages, the newest first, from the span on in its direction; one more than its limit.
///
/// # Errors
/// As [`see_opened`].
pub async fn list_opened(
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    by: &Actor,
    id: Uuid,
    span: &Span<i64>,
) -> Result<Vec<PrivateMessage>> {
    let (thread, _) = opened(tx, by, id).await?;
    let rows = messages::page(tx.conn, id, span).await?;
    shown(tx.conn, secrets, &Seated { thread, who: Who::from(by) }, rows).await
}

async fn opened(tx: &mut Tx<'_>, by: &Actor, id: Uuid) -> Result<(ThreadRow, AccessRow)> {
    let opened = accesses::open(tx.conn, id, by.account_id, tx.now).await?.ok_or_else(Error::not_found)?;
    note(tx, by, "private_thread.read", &opened.1).await?;
    Ok(opened)
}

async fn show(tx: &mut Tx<'_>, secrets: &Secrets, thread: ThreadRow, access: &AccessRow) -> Result<OpenedThread> {
    let (seats, opened) = (coaches::of(tx.conn, &[thread.id]).await?, accesses::of(tx.conn, &[thread.id]).await?);
    let people = seats.iter().map(|seat| seat.account_id).chain(opened.iter().filter_map(|access| access.account_id));
    let names = names::of(tx.conn, &people.chain([thread.reader_id()]).collect::<Vec<_>>()).await?;
    let key = key_of(secrets, &thread)?;
    Ok(OpenedThread {
        id: thread.id,
        state: thread.state,
        title: open_title(&key, &thread)?,
        article_id: thread.article_id,
        comment_id: thread.comment_id,
        reader: reader(&thread, &names),
        coaches: seats.iter().map(|seat| coach(seat, &names)).collect(),
        created_at: thread.created_at,
        closed_at: thread.closed_at,
        last_no: thread.last_no,
        accesses: opened.iter().map(|access| reasoned(&key, access, &names)).collect::<Result<_>>()?,
        until: access.until,
    })
}

/// An access as those who are in the thread see it.
pub fn access(row: &AccessRow, names: &HashMap<Uuid, String>) -> PrivateAccess {
    let by = PrivateAdmin { id: row.account_id, name: name(row.account_id.unwrap_or_default(), names) };
    PrivateAccess { at: row.at, by, until: row.until }
}

fn reasoned(key: &ThreadKey, row: &AccessRow, names: &HashMap<Uuid, String>) -> Result<ReasonedAccess> {
    let PrivateAccess { at, by, until } = access(row, names);
    Ok(ReasonedAccess { at, by, until, reason: key.open(row.id, FIELD, &row.reason_sealed)? })
}

/// Into the audit: ids and times. The reason may name people; it stays with the thread, and goes with it.
async fn note(tx: &mut Tx<'_>, by: &Actor, kind: &'static str, row: &AccessRow) -> Result<()> {
    let data = json!({ "access_id": row.id, "until": row.until });
    let (actor_id, subject_id) = (Some(by.account_id), Some(row.thread_id));
    audit::record(tx, Entry { kind, actor_id, subject_id, network_hash: None, data }).await
}
