//! What other rooms, the command line and imports may ask for.

pub use super::staff::{ban, lift_ban, outrank};

use super::{
    queries::{accounts, codes, invites, keys, sessions as session_rows, signups},
    rules::{Email, INVITATION_VALID, clean_name, email_hash},
    second_factor,
    sessions::{self, Proof},
    tokens::Tokens,
    types::{Account, Invitation, NewAccount, NewAccountRow, NewInvite, Session, Who},
};
use crate::{
    audit::{self, Entry},
    db::Conn,
    error::{Code, Error, OnConstraint, Result},
    events::{Journal, Tx},
    http::permission::Role,
    secrets::{Secrets, random_token, token_hash},
    text,
};
use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

/// Makes an account.
///
/// # Errors
/// [`Code::Validation`] for a display name that is not acceptable, [`Code::Conflict`] when the address has an
/// account already; the transaction is lost then.
pub async fn create_account(tx: &mut Tx<'_>, secrets: &Secrets, new: NewAccount<'_>) -> Result<Account> {
    let id = tx.id();
    let display_name = clean_name(new.display_name).map_err(|flaw| Error::validation(vec![flaw]))?;
    let row = NewAccountRow {
        id,
        name_skeleton: text::name_skeleton(&display_name),
        display_name,
        role: new.role.as_str(),
        email_hash: new.email.map(|email| email.hash(secrets)).transpose()?,
        email_sealed: new.email.map(|email| email.seal(secrets, id)).transpose()?,
        password_hash: new.password_hash,
        created_at: tx.now,
        updated_at: tx.now,
    };
    let taken = || Error::new(Code::Conflict, "There is an account with this address already.");
    let row = accounts::insert(tx.conn, &row).await.on_constraint("accounts_email_hash_key", taken)?;
    let account = row.open(secrets)?;
    tx.append(account.event("account.created", None));
    Ok(account)
}

/// The account of an author out of another system: the one that has the address, else a new coach without a
/// password, to be claimed by an invitation.
///
/// # Errors
/// As [`create_account`].
pub async fn import_account(
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    email: Option<&Email>,
    display_name: &str,
) -> Result<Uuid> {
    if let Some(email) = email {
        let hash = email.hash(secrets)?;
        if let Some(known) = accounts::by_email_hash(tx.conn, &hash).await? {
            return Ok(known.id);
        }
    }
    let new = NewAccount { display_name, email, role: Role::Coach, password_hash: None };
    Ok(create_account(tx, secrets, new).await?.id)
}

/// Gives an account another role, which acts from the next request on.
///
/// # Errors
/// [`Code::NotFound`] when there is no such account.
pub async fn set_role(tx: &mut Tx<'_>, secrets: &Secrets, who: &Who, role: Role) -> Result<Account> {
    let before = find(tx.conn, secrets, who).await?;
    let account = accounts::set_role(tx.conn, before.id, role.as_str(), tx.now).await?.open(secrets)?;
    tx.append(account.event("account.changed", None));
    let data = json!({ "from": before.role, "to": role });
    audit::record(tx, Entry { actor_id: None, data, ..Entry::own("role.changed", account.id) }).await?;
    Ok(account)
}

/// Takes the second factor away from somebody who has lost it. False when there is none.
///
/// # Errors
/// [`Code::NotFound`] when there is no such account.
pub async fn reset_second_factor(tx: &mut Tx<'_>, secrets: &Secrets, who: &Who) -> Result<bool> {
    let id = find(tx.conn, secrets, who).await?.id;
    second_factor::remove(tx, id, None).await
}

/// Makes a code by which somebody can claim an account, good once and for seven days; those before are good no more.
///
/// # Errors
/// [`Code::NotFound`] when there is no such account.
pub async fn invite(tx: &mut Tx<'_>, secrets: &Secrets, who: &Who) -> Result<Invitation> {
    let account = find(tx.conn, secrets, who).await?;
    let (code, expires_at) = (random_token()?, tx.now + INVITATION_VALID);
    let row =
        NewInvite { id: tx.id(), account_id: account.id, code_hash: token_hash(&code), created_at: tx.now, expires_at };
    invites::forget_all(tx.conn, account.id).await?;
    invites::insert(tx.conn, &row).await?;
    Ok(Invitation { account, code, expires_at })
}

/// Begins a session for an account without asking for its password.
///
/// # Errors
/// [`Code::NotFound`] when there is no such account.
pub async fn issue_session(tx: &mut Tx<'_>, tokens: &Tokens, account_id: Uuid) -> Result<Session> {
    let account = accounts::by_id(tx.conn, account_id).await?.ok_or_else(Error::not_found)?;
    sessions::begin(tx, tokens, &account, Proof::default()).await
}

/// The account with an address, written in any case.
///
/// # Errors
/// When the database is away.
pub async fn find_by_email(conn: &mut Conn, secrets: &Secrets, email: &str) -> Result<Option<Account>> {
    let row = accounts::by_email_hash(conn, &email_hash(secrets, email)?).await?;
    row.map(|row| row.open(secrets)).transpose()
}

/// The account that an address belongs to, by the address's keyed hash.
///
/// # Errors
/// When the database is away.
pub async fn holder_of(conn: &mut Conn, email_hash: &[u8]) -> Result<Option<Uuid>> {
    Ok(accounts::by_email_hash(conn, email_hash).await?.map(|row| row.id))
}

/// Accounts in the order in which they were made, `limit` at most, those after `after`.
///
/// # Errors
/// When the database is away.
pub async fn list_accounts(
    conn: &mut Conn,
    secrets: &Secrets,
    after: Option<&Account>,
    limit: i64,
) -> Result<Vec<Account>> {
    let after = after.map(|account| (account.created_at, account.id));
    let rows = accounts::page(conn, after, limit).await?;
    rows.into_iter().map(|row| row.open(secrets)).collect()
}

/// Those of some accounts who work here and may act now, in no order.
///
/// # Errors
/// When the database is away.
pub async fn find_staff(conn: &mut Conn, secrets: &Secrets, ids: &[Uuid], now: DateTime<Utc>) -> Result<Vec<Account>> {
    let rows = accounts::staff_among(conn, ids, now).await?;
    rows.into_iter().map(|row| row.open(secrets)).collect()
}

/// What those of some accounts who work here and may act now work as, in no order.
///
/// # Errors
/// When the database is away.
pub async fn list_staff_roles(conn: &mut Conn, ids: &[Uuid], now: DateTime<Utc>) -> Result<Vec<(Uuid, Role)>> {
    let rows = accounts::staff_roles(conn, ids, now).await?;
    rows.into_iter().map(|(id, role)| Ok((id, Role::try_from(role).map_err(Error::internal)?))).collect()
}

/// Where those of some accounts are written to who may act now and have an address, in no order; in one statement.
/// Nobody of them is erased until the end of the transaction. An address that does not open is nobody's.
///
/// # Errors
/// When the database is away.
pub async fn list_addresses(tx: &mut Tx<'_>, secrets: &Secrets, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>> {
    let rows = accounts::reachable_among(tx.conn, ids, tx.now).await?;
    let open = rows.into_iter().filter_map(|row| row.open(secrets).ok());
    Ok(open.filter_map(|account| Some((account.id, account.email?))).collect())
}

/// Keeps an account from being erased until the end of the transaction. False where there is no such account.
///
/// # Errors
/// When the database is away.
pub async fn hold_account(tx: &mut Tx<'_>, id: Uuid) -> Result<bool> {
    Ok(accounts::hold(tx.conn, id).await?.is_some())
}

/// Forgets what has expired: sign-ups, invitations, mailed codes, sessions with their tokens. Returns how many.
///
/// # Errors
/// When the database is away.
pub async fn sweep(journal: &Journal) -> Result<usize> {
    let swept = journal.write(async |tx| {
        let signups = signups::forget(tx.conn, tx.now).await?;
        let invites = invites::forget(tx.conn, tx.now).await?;
        let codes = codes::forget(tx.conn, tx.now).await?;
        let keys = keys::forget(tx.conn, tx.now).await?;
        Ok(signups + invites + codes + keys + session_rows::forget(tx.conn, tx.now).await?)
    });
    swept.await
}

async fn find(conn: &mut Conn, secrets: &Secrets, who: &Who) -> Result<Account> {
    match who {
        Who::Id(id) => accounts::by_id(conn, *id).await?.map(|row| row.open(secrets)).transpose()?,
        Who::Email(email) => find_by_email(conn, secrets, email).await?,
    }
    .ok_or_else(|| Error::new(Code::NotFound, "There is no such account."))
}
