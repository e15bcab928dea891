//! What admins and moderators do to other people's accounts.

use super::{
    queries::accounts,
    sessions,
    types::{BanRequest, Person},
};
use crate::{
    audit::{self, Entry},
    error::{Code, Error, Field, Result},
    events::Tx,
    http::{actor::Actor, list::Span, permission::Role, query::has_plain_year},
    text,
};
use serde_json::json;
use uuid::Uuid;

/// The longest reason, characters.
const MAX_REASON: usize = 500;

/// Accounts, the newest first, and a note of who looked at them.
pub async fn list(tx: &mut Tx<'_>, by: &Actor, role: Option<&str>, span: &Span<Uuid>) -> Result<Vec<Person>> {
    let rows = accounts::newest(tx.conn, role, span).await?;
    let (actor_id, data) = (Some(by.account_id), json!({ "role": role }));
    let read = Entry { kind: "accounts.read", actor_id, subject_id: None, network_hash: None, data };
    audit::record(tx, read).await?;
    Ok(rows.into_iter().map(Person::from).collect())
}

/// Gives an account another role, which acts from the next request on. There is always an admin left.
pub async fn set_role(tx: &mut Tx<'_>, by: &Actor, id: Uuid, role: Role) -> Result<Person> {
    // Whoever takes the role from an admin waits for whoever does the same: else two could take each other's.
    let admins = accounts::lock_role(tx.conn, Role::Admin.as_str(), tx.now).await?;
    let before = person(tx, id).await?.role;
    // A program that were an admin would be one whom nobody can log in as, and perhaps the last.
    if role == Role::Service || before == Role::Service {
        let field = Field::body("/role", "not_allowed", "services are made as tokens, and stay what they are");
        return Err(Error::validation(vec![field]));
    }
    if admins == [id] && role != Role::Admin {
        return Err(Error::new(Code::Conflict, "This is the last admin; make another one first."));
    }
    let row = accounts::set_role(tx.conn, id, role.as_str(), tx.now).await?;
    sessions::touch(tx, id, "account.changed").await?;
    let data = json!({ "from": before, "to": role });
    audit::record(tx, Entry { actor_id: Some(by.account_id), data, ..Entry::own("role.changed", id) }).await?;
    Ok(row.into())
}

/// Shuts an account: from the next request on, and on every node, nobody uses it.
///
/// # Errors
/// [`Code::Validation`]; as [`outrank`].
pub async fn ban(tx: &mut Tx<'_>, by: &Actor, id: Uuid, wanted: BanRequest) -> Result<Person> {
    let reason = text::clean_line(&wanted.reason, text::Bounds { min: 1, max: MAX_REASON })
        .map_err(|flaw| Error::validation(vec![Field::body("/reason", flaw.code(), flaw.detail())]))?;
    if wanted.until.is_some_and(|until| until <= tx.now || !has_plain_year(until)) {
        let detail = "must be later than now, and before the year 10000";
        return Err(Error::validation(vec![Field::body("/until", "out_of_range", detail)]));
    }
    // Two admins who ban each other at the same moment: one of them comes second.
    let admins = accounts::lock_role(tx.conn, Role::Admin.as_str(), tx.now).await?;
    if by.role == Role::Admin && !admins.contains(&by.account_id) {
        return Err(Error::new(Code::Forbidden, "Your role does not allow this."));
    }
    outrank(tx, by, id).await?;
    let row = accounts::ban(tx.conn, id, wanted.until, &reason, tx.now).await?;
    sessions::end_all(tx, id, None, "ban").await?;
    sessions::touch(tx, id, "account.changed").await?;
    let data = json!({ "until": wanted.until });
    audit::record(tx, Entry { actor_id: Some(by.account_id), data, ..Entry::own("account.banned", id) }).await?;
    Ok(row.into())
}

/// Opens an account that was shut. Doing it twice does no harm.
///
/// # Errors
/// As [`outrank`].
pub async fn lift_ban(tx: &mut Tx<'_>, by: &Actor, id: Uuid) -> Result<()> {
    outrank(tx, by, id).await?;
    accounts::lift_ban(tx.conn, id).await?;
    sessions::touch(tx, id, "account.changed").await?;
    let entry = Entry { actor_id: Some(by.account_id), ..Entry::own("account.unbanned", id) };
    audit::record(tx, entry).await
}

/// Whether somebody may decide about an account: about staff only admins do, about themselves nobody. Returns its role.
///
/// # Errors
/// [`Code::NotFound`] when there is no such account, [`Code::Conflict`] for one's own, [`Code::Forbidden`] for staff and
/// programs.
pub async fn outrank(tx: &mut Tx<'_>, by: &Actor, id: Uuid) -> Result<Role> {
    let person = person(tx, id).await?;
    if person.id == by.account_id {
        return Err(Error::new(Code::Conflict, "Nobody decides this about themselves."));
    }
    if person.role == Role::Service || (person.role != Role::Reader && by.role != Role::Admin) {
        return Err(Error::new(Code::Forbidden, "Only admins may do this to staff."));
    }
    Ok(person.role)
}

async fn person(tx: &mut Tx<'_>, id: Uuid) -> Result<Person> {
    Ok(accounts::by_id(tx.conn, id).await?.ok_or_else(Error::not_found)?.into())
}
