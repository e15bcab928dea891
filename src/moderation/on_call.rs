//! Who is called when a comment should not wait.

use super::{
    queries::{alerts, on_call as queries},
    rules::MAX_ON_CALL,
    types::{OnCall, PersonOnCall, Place},
};
use crate::{
    accounts::{self, Account},
    audit::{self, Entry},
    db::Conn,
    error::{Error, Field, Result},
    events::Tx,
    http::actor::Actor,
    secrets::Secrets,
};
use chrono::{DateTime, Utc};
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Who is called, in this order.
///
/// # Errors
/// When the database is away.
pub async fn see_on_call(conn: &mut Conn, secrets: &Secrets, now: DateTime<Utc>) -> Result<OnCall> {
    let ids = queries::list(conn).await?;
    let people = in_order(conn, secrets, &ids, now).await?;
    let person = |account: Account| PersonOnCall { id: account.id, name: account.display_name, role: account.role };
    Ok(OnCall { accounts: people.into_iter().map(person).collect() })
}

/// Says who is called from now on, also because of what nobody has answered who was called before.
///
/// # Errors
/// [`Code::Validation`](crate::error::Code::Validation) for somebody who is named twice, does not work here or has no
/// address, and for too many.
pub async fn set_on_call(tx: &mut Tx<'_>, by: &Actor, secrets: &Secrets, ids: &[Uuid]) -> Result<OnCall> {
    if ids.len() > MAX_ON_CALL {
        let detail = format!("must be {MAX_ON_CALL} at most");
        return Err(Error::validation(vec![Field::body("/accounts", "too_many", detail)]));
    }
    let people = in_order(tx.conn, secrets, ids, tx.now).await?;
    let reachable: BTreeSet<Uuid> =
        people.iter().filter(|account| account.email.is_some()).map(|account| account.id).collect();
    let mut named = BTreeSet::new();
    let flaw = |(at, id): (usize, &Uuid)| {
        let (code, detail) = match (named.insert(*id), reachable.contains(id)) {
            (false, _) => ("twice", "is named before"),
            (true, false) => ("not_allowed", "must be a coach, moderator or admin with an address"),
            (true, true) => return None,
        };
        Some(Field::body(&format!("/accounts/{at}"), code, detail))
    };
    let flaws: Vec<Field> = ids.iter().enumerate().filter_map(flaw).collect();
    if !flaws.is_empty() {
        return Err(Error::validation(flaws));
    }
    let places = (0i16..).zip(ids).map(|(place, id)| Place { account_id: *id, place }).collect::<Vec<_>>();
    queries::lock(tx.conn).await?;
    queries::clear(tx.conn).await?;
    queries::insert(tx.conn, &places).await?;
    alerts::call_anew(tx.conn, tx.now).await?;
    let (actor_id, data) = (Some(by.account_id), json!({ "accounts": ids }));
    audit::record(tx, Entry { kind: "on_call.set", actor_id, subject_id: None, network_hash: None, data }).await?;
    see_on_call(tx.conn, secrets, tx.now).await
}

/// Who can be called, in this order, each with the address.
///
/// # Errors
/// When the database is away.
pub async fn reachable(conn: &mut Conn, secrets: &Secrets, now: DateTime<Utc>) -> Result<Vec<(Uuid, String)>> {
    let ids = queries::list(conn).await?;
    let people = in_order(conn, secrets, &ids, now).await?;
    let reachable = people.into_iter().filter_map(|account| Some((account.id, account.email?.as_str().to_owned())));
    Ok(reachable.collect())
}

/// Takes somebody off who is erased. What they had answered somebody else has to.
///
/// # Errors
/// When the database is away.
pub async fn forget_on_call(tx: &mut Tx<'_>, account_id: Uuid) -> Result<()> {
    queries::leave(tx.conn, account_id).await?;
    alerts::reopen(tx.conn, account_id, tx.now).await?;
    Ok(())
}

/// Those of some accounts who work here now, in the order of `ids`.
async fn in_order(conn: &mut Conn, secrets: &Secrets, ids: &[Uuid], now: DateTime<Utc>) -> Result<Vec<Account>> {
    let mut people = accounts::find_staff(conn, secrets, ids, now).await?;
    people.sort_by_key(|account| ids.iter().position(|id| *id == account.id));
    Ok(people)
}
