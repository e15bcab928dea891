//! What somebody may not do for a while: laying it, asking for it, lifting it.

use super::super::{
    queries::sanctions as queries,
    types::{NewSanction, OwnSanction, SanctionFilter, SanctionKind, SanctionRow, SanctionSubject, WantedSanction},
};
use crate::{
    db::Conn,
    error::{Code, Error, Field, Result},
    events::{Journal, Tx},
    http::{client::network_hash, list::Span},
    secrets::Secrets,
};
use chrono::{DateTime, TimeDelta, Utc};
use ipnet::IpNet;
use std::collections::HashMap;
use uuid::Uuid;

/// How long sanctions on accounts and guests are remembered that are over: whoever comes back to the same is known by it.
const REMEMBERED: TimeDelta = TimeDelta::days(365);

/// Who writes, by all that a sanction may be laid on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Their account.
    pub account_id: Option<Uuid>,
    /// The guest that they are on one article.
    pub guest_id: Option<Uuid>,
    /// The keyed hash of their address.
    pub email_hash: Option<Vec<u8>>,
    /// Where they come from, as far as that is counted as one.
    pub network: Option<IpNet>,
}

/// What somebody may not do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sanction {
    /// What.
    pub kind: SanctionKind,
    /// Why, as in the list of reasons; none where it lies on an address or a network, which may be somebody else's.
    pub reason: Option<&'static str>,
    /// What they are told beside it, in the same way.
    pub message: Option<String>,
    /// Until when; none: until it is lifted.
    pub expires_at: Option<DateTime<Utc>>,
    /// How many seconds that is from now.
    pub left: Option<u32>,
}

impl Person {
    /// As whom they write: their account, or the guest that they are.
    #[must_use]
    pub fn author_id(&self) -> Option<Uuid> {
        self.account_id.or(self.guest_id)
    }

    /// All that a sanction on them may lie on, as it is kept.
    fn subjects(&self, secrets: &Secrets) -> Result<Vec<Vec<u8>>> {
        let ids = [self.account_id, self.guest_id].into_iter().flatten().map(|id| id.as_bytes().to_vec());
        let network = self.network.map(|network| network_hash(secrets, network)).transpose()?;
        Ok(ids.chain(self.email_hash.clone()).chain(network).collect())
    }
}

/// The severest sanction in force on each of some people, in their order; in one statement. Of equal ones the one that
/// lasts longest.
///
/// # Errors
/// When the database is away.
pub async fn severest(
    conn: &Conn,
    secrets: &Secrets,
    people: &[Person],
    now: DateTime<Utc>,
) -> Result<Vec<Option<Sanction>>> {
    let subjects = people.iter().map(|person| person.subjects(secrets)).collect::<Result<Vec<_>>>()?;
    let all: Vec<Vec<u8>> = subjects.iter().flatten().cloned().collect();
    if all.is_empty() {
        return Ok(vec![None; people.len()]);
    }
    let mut worst: HashMap<Vec<u8>, SanctionRow> = HashMap::new();
    for row in queries::in_force(conn, all, now).await? {
        match worst.get(&row.subject) {
            Some(known) if severity(known) >= severity(&row) => {}
            _ => {
                worst.insert(row.subject.clone(), row);
            }
        }
    }
    let of = |subjects: &Vec<Vec<u8>>| {
        let rows = subjects.iter().filter_map(|subject| worst.get(subject));
        rows.max_by_key(|row| severity(row)).map(|row| Sanction::of(row, now))
    };
    Ok(subjects.iter().map(of).collect())
}

/// By what one sanction is severer than another.
fn severity(row: &SanctionRow) -> (SanctionKind, DateTime<Utc>) {
    (row.kind, row.expires_at.unwrap_or(DateTime::<Utc>::MAX_UTC))
}

impl Sanction {
    fn of(row: &SanctionRow, now: DateTime<Utc>) -> Self {
        let is_theirs = row.is_on_one_person();
        let left = row.expires_at.map(|until| (until - now).num_seconds().saturating_add(1));
        Self {
            kind: row.kind,
            reason: is_theirs.then(|| row.reason.as_str()),
            message: row.message.clone().filter(|_| is_theirs),
            expires_at: row.expires_at,
            left: left.map(|seconds| u32::try_from(seconds).unwrap_or(u32::MAX)),
        }
    }
}

/// What somebody is told who may not do it now: until when, why, and what a moderator says about it.
#[must_use]
pub fn refusal(sanction: &Sanction) -> Error {
    let until = sanction.expires_at.map_or_else(
        || "until a moderator allows it again".to_owned(),
        |until| format!("until {}", until.format("%Y-%m-%d %H:%M UTC")),
    );
    let message = sanction.message.as_deref().map(|message| format!(" {message}")).unwrap_or_default();
    let what = if sanction.kind == SanctionKind::Ban { "take part" } else { "write" };
    let reason = sanction.reason.map(|reason| format!(" (reason: {reason})")).unwrap_or_default();
    let detail = format!("You may not {what} here {until}{reason}.{message}");
    Error { retry_after: sanction.left, ..Error::new(Code::Muted, detail) }
}

/// Lets through whom nothing as severe as this, or severer, is laid on.
///
/// # Errors
/// [`Code::Muted`].
pub async fn forbid(
    conn: &mut Conn,
    secrets: &Secrets,
    person: Person,
    from: SanctionKind,
    now: DateTime<Utc>,
) -> Result<()> {
    match severest(conn, secrets, &[person], now).await?.pop().flatten() {
        Some(sanction) if sanction.kind >= from => Err(refusal(&sanction)),
        _ => Ok(()),
    }
}

/// Lays a sanction. One of the same kind on the same subject that holds still is lifted by that; warnings add up.
///
/// # Errors
/// [`Code::Validation`] when it is to lie longer than can be on what it lies on.
pub async fn lay(tx: &mut Tx<'_>, by: Uuid, wanted: &WantedSanction) -> Result<SanctionRow> {
    let expires_at = bounded(wanted, tx.now)?;
    if wanted.kind != SanctionKind::Warn {
        queries::lift(tx.conn, wanted.subject.bytes(), wanted.kind, by, tx.now).await?;
    }
    let row = NewSanction {
        id: tx.id(),
        kind: wanted.kind.as_str(),
        subject_kind: wanted.subject.kind().as_str(),
        subject: wanted.subject.bytes(),
        reason: wanted.reason.as_str(),
        message: wanted.message.as_deref(),
        comment_id: wanted.comment_id,
        created_by: by,
        created_at: tx.now,
        expires_at,
    };
    Ok(queries::insert(tx.conn, &row).await?)
}

fn bounded(wanted: &WantedSanction, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    let Some(longest) = wanted.subject.kind().longest() else { return Ok(wanted.expires_at) };
    let last = now + longest;
    if wanted.expires_at.is_some_and(|until| until > last) {
        let detail = format!("must be at most {}: a hash passes on to others", longest.num_minutes());
        return Err(Error::validation(vec![Field::body("/minutes", "out_of_range", detail)]));
    }
    Ok(Some(wanted.expires_at.unwrap_or(last)))
}

/// Lifts what holds of one kind on a subject. Returns what was lifted.
///
/// # Errors
/// When the database is away.
pub async fn lift_all(tx: &mut Tx<'_>, by: Uuid, subject: &SanctionSubject, kind: SanctionKind) -> Result<Vec<Uuid>> {
    Ok(queries::lift(tx.conn, subject.bytes(), kind, by, tx.now).await?)
}

/// Lifts a sanction. False, and nothing changes, where that was done before.
///
/// # Errors
/// When the database is away.
pub async fn lift(tx: &mut Tx<'_>, by: Uuid, id: Uuid) -> Result<bool> {
    Ok(queries::lift_one(tx.conn, id, by, tx.now).await? > 0)
}

/// A sanction.
///
/// # Errors
/// [`Code::NotFound`].
pub async fn see_sanction(conn: &mut Conn, id: Uuid) -> Result<SanctionRow> {
    queries::find(conn, id).await?.ok_or_else(Error::not_found)
}

/// Sanctions, the newest first, from the span on in its direction; one more than its limit.
///
/// # Errors
/// When the database is away.
pub async fn list_sanctions(
    conn: &mut Conn,
    filter: &SanctionFilter,
    span: &Span<Uuid>,
    now: DateTime<Utc>,
) -> Result<Vec<SanctionRow>> {
    Ok(queries::page(conn, filter, span, now).await?)
}

/// What holds on somebody, as they are told of it; the newest 100.
///
/// # Errors
/// When the database is away.
pub async fn list_sanctions_on(
    conn: &mut Conn,
    secrets: &Secrets,
    person: &Person,
    now: DateTime<Utc>,
) -> Result<Vec<OwnSanction>> {
    let rows = queries::told(conn, person.subjects(secrets)?, now).await?;
    Ok(rows.into_iter().map(OwnSanction::from).collect())
}

/// Somebody has read what holds on them. Doing it again changes nothing.
///
/// # Errors
/// [`Code::NotFound`] for what is not on them, or holds no more.
pub async fn acknowledge(tx: &mut Tx<'_>, secrets: &Secrets, person: &Person, id: Uuid) -> Result<()> {
    let own = queries::acknowledge(tx.conn, id, person.subjects(secrets)?, tx.now).await?;
    own.map(drop).ok_or_else(Error::not_found)
}

/// What is or was laid on an account itself, the oldest first, `limit` at most, those after `after`.
///
/// # Errors
/// When the database is away.
pub async fn list_sanctions_of(
    conn: &mut Conn,
    account_id: Uuid,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<OwnSanction>> {
    let rows = queries::of_account(conn, account_id, after.unwrap_or_default(), limit).await?;
    Ok(rows.into_iter().map(OwnSanction::from).collect())
}

/// Forgets what is or was laid on an account or a guest that is erased.
///
/// # Errors
/// When the database is away.
pub async fn forget_sanctions_on(tx: &mut Tx<'_>, id: Uuid) -> Result<()> {
    queries::forget(tx.conn, id.as_bytes()).await?;
    Ok(())
}

/// Forgets what is laid on an address whose owner is erased. A ban stays until it expires, without what was said about it:
/// nobody escapes one by being forgotten.
///
/// # Errors
/// When the database is away.
pub async fn forget_sanctions_on_address(tx: &mut Tx<'_>, email_hash: &[u8]) -> Result<()> {
    queries::forget_address(tx.conn, email_hash).await?;
    Ok(())
}

/// Forgets that sanctions were laid because of comments whose author is erased, and what was said about it.
///
/// # Errors
/// When the database is away.
pub async fn forget_causes(tx: &mut Tx<'_>, comment_ids: &[Uuid]) -> Result<()> {
    queries::forget_causes(tx.conn, comment_ids).await?;
    Ok(())
}

/// What lies on a guest lies on the account from now on that the guest turned out to be.
///
/// # Errors
/// When the database is away.
pub async fn hand_over_sanctions(tx: &mut Tx<'_>, guest_id: Uuid, account_id: Uuid) -> Result<()> {
    queries::hand_over(tx.conn, guest_id, account_id).await?;
    Ok(())
}

/// Forgets hashes of addresses and networks as soon as nothing holds on them, and other sanctions a year after their end.
/// Returns how many.
///
/// # Errors
/// When the database is away.
pub async fn sweep(journal: &Journal) -> Result<usize> {
    journal.write(async |tx| Ok(queries::sweep(tx.conn, tx.now, tx.now - REMEMBERED).await?)).await
}
