//! Laying sanctions on people, and lifting them.
//!
//! A ban of an account is kept in two places: `accounts` shuts it, and the sanction tells of it. Both are written here, in
//! one transaction, whichever way it was asked for.

use super::super::{
    rules::{self, Named},
    types::{By, LaySanction},
};
use crate::{
    accounts::{self, BanRequest, Person},
    audit::{self, Entry},
    comments,
    error::{Code, Error, Field, Result},
    events::Tx,
    http::{actor::Actor, permission::Role},
    screening::{self, Reason, SanctionKind, SanctionRow, SanctionSubject, WantedSanction},
};
use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

/// Lays a sanction on somebody.
///
/// # Errors
/// [`Code::Validation`]; [`Code::Conflict`] for oneself, where the comment does not tell who it was, and for what does not
/// touch staff; [`Code::Forbidden`] for staff, but by admins.
pub async fn lay(tx: &mut Tx<'_>, by: &Actor, input: LaySanction) -> Result<SanctionRow> {
    let (message, minutes) = (checked(input.message.as_deref())?, rules::check_minutes(input.minutes)?);
    let named = rules::named(&input.subject)?;
    let (subject, account) = subject(tx, named).await?;
    may_lay(tx, by, input.kind, account).await?;
    let subject = subject.ok_or_else(|| not_known(named))?;
    let wanted = WantedSanction {
        kind: input.kind,
        subject,
        reason: input.reason,
        message,
        comment_id: if let Named::Author(id, _) = named { Some(id) } else { None },
        expires_at: minutes.map(|minutes| tx.now + TimeDelta::minutes(minutes)),
    };
    // The account before its sanctions, wherever both are written: else two writers could wait for each other.
    if let (SanctionKind::Ban, SanctionSubject::Account(id)) = (wanted.kind, &wanted.subject) {
        let request = BanRequest { reason: wanted.reason.as_str().into(), until: wanted.expires_at };
        accounts::ban(tx, by, *id, request).await?;
    }
    let row = screening::lay(tx, by.account_id, &wanted).await?;
    note(tx, by, "sanction.laid", &row).await?;
    Ok(row)
}

fn checked(message: Option<&str>) -> Result<Option<String>> {
    let message = message.map(|message| rules::check_message(message, "/message")).transpose();
    message.map_err(|flaw| Error::validation(vec![flaw]))
}

/// On whom it is to lie, as far as that is known, and whose account that is, where it is somebody's.
async fn subject(tx: &mut Tx<'_>, named: Named) -> Result<(Option<SanctionSubject>, Option<Uuid>)> {
    match named {
        Named::Account(id) => Ok((Some(SanctionSubject::Account(id)), Some(id))),
        Named::Guest(id) if comments::is_guest(tx.conn, id).await? => Ok((Some(SanctionSubject::Guest(id)), None)),
        Named::Guest(_) => Err(unknown("/subject/guest_id")),
        Named::Author(id, how) => {
            let origin = comments::origin_of(tx.conn, id).await.map_err(|error| match error.code {
                Code::NotFound => unknown("/subject/comment_id"),
                _ => error,
            })?;
            let email_hash = origin.email_hash().map(<[u8]>::to_vec);
            let subject = match how {
                By::Author => {
                    origin.account_id.map(SanctionSubject::Account).or(origin.guest_id.map(SanctionSubject::Guest))
                }
                By::Email => email_hash.map(SanctionSubject::Email),
                By::Network => origin.network_hash.map(SanctionSubject::Network),
            };
            let account = match (origin.account_id, &subject) {
                (None, Some(subject)) => account_of(tx, subject).await?,
                (account_id, _) => account_id,
            };
            Ok((subject, account))
        }
    }
}

fn unknown(at: &str) -> Error {
    Error::validation(vec![Field::body(at, "unknown", "is nobody here")])
}

fn not_known(named: Named) -> Error {
    let how = if let Named::Author(_, how) = named { how } else { By::Author };
    let detail = match how {
        By::Author => "Nobody is known any more to have written it.",
        By::Email => "Its author has shown no address to be theirs: whoever gave it may have given somebody else's.",
        By::Network => "It is not kept, or no longer, from where it came.",
    };
    Error::new(Code::Conflict, detail)
}

/// The account on which a sanction lies, if it is one's.
async fn account_of(tx: &mut Tx<'_>, subject: &SanctionSubject) -> Result<Option<Uuid>> {
    Ok(match subject {
        SanctionSubject::Account(id) => Some(*id),
        SanctionSubject::Email(hash) => accounts::holder_of(tx.conn, hash).await?,
        SanctionSubject::Guest(_) | SanctionSubject::Network(_) => None,
    })
}

/// Whether somebody may lay this on the owner of an account.
async fn may_lay(tx: &mut Tx<'_>, by: &Actor, kind: SanctionKind, account: Option<Uuid>) -> Result<()> {
    let Some(id) = account else { return Ok(()) };
    let role = accounts::outrank(tx, by, id).await.map_err(|error| match error.code {
        Code::NotFound => unknown("/subject/account_id"),
        _ => error,
    })?;
    if role != Role::Reader && matches!(kind, SanctionKind::HoldAll | SanctionKind::Mute) {
        let detail = "What staff writes never waits: give them another role, or ban the account.";
        return Err(Error::new(Code::Conflict, detail));
    }
    Ok(())
}

/// Lifts a sanction. Doing it twice does no harm.
///
/// # Errors
/// [`Code::NotFound`]; as [`accounts::outrank`].
pub async fn lift(tx: &mut Tx<'_>, by: &Actor, id: Uuid) -> Result<()> {
    let row = screening::see_sanction(tx.conn, id).await?;
    let subject = row.on();
    if let Some(id) = account_of(tx, &subject).await? {
        accounts::outrank(tx, by, id).await?;
    }
    if !row.holds(tx.now) {
        return Ok(());
    }
    if let (SanctionKind::Ban, SanctionSubject::Account(id)) = (row.kind, subject) {
        accounts::lift_ban(tx, by, id).await?;
    }
    if !screening::lift(tx, by.account_id, id).await? {
        return Ok(());
    }
    note(tx, by, "sanction.lifted", &row).await
}

async fn note(tx: &mut Tx<'_>, by: &Actor, kind: &'static str, row: &SanctionRow) -> Result<()> {
    let data = json!({ "sanction_id": row.id, "kind": row.kind, "by": row.subject_kind });
    let (actor_id, subject_id) = (Some(by.account_id), row.on().id().or(row.comment_id));
    audit::record(tx, Entry { kind, actor_id, subject_id, network_hash: None, data }).await
}

/// Shuts an account.
///
/// # Errors
/// As [`accounts::ban`].
pub async fn ban(tx: &mut Tx<'_>, by: &Actor, id: Uuid, request: BanRequest) -> Result<Person> {
    let wanted = WantedSanction {
        kind: SanctionKind::Ban,
        subject: SanctionSubject::Account(id),
        reason: Reason::Other,
        message: None,
        comment_id: None,
        expires_at: request.until,
    };
    let person = accounts::ban(tx, by, id, request).await?;
    let row = screening::lay(tx, by.account_id, &wanted).await?;
    note(tx, by, "sanction.laid", &row).await?;
    Ok(person)
}

/// Opens an account that was shut. Doing it twice does no harm.
///
/// # Errors
/// As [`accounts::lift_ban`].
pub async fn lift_ban(tx: &mut Tx<'_>, by: &Actor, id: Uuid) -> Result<()> {
    accounts::lift_ban(tx, by, id).await?;
    screening::lift_all(tx, by.account_id, &SanctionSubject::Account(id), SanctionKind::Ban).await?;
    Ok(())
}
