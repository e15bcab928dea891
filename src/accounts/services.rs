//! Tokens for programs: named, scoped, expiring, shown once. Each acts in the name of an account of its own.

use super::{
    actions::create_account,
    authority::SERVICE_TOKEN,
    queries::services as queries,
    sessions,
    types::{IssuedServiceToken, NewAccount, NewServiceToken, ServiceToken, ServiceTokenRequest},
};
use crate::{
    audit::{self, Entry},
    error::{Error, Field, Result},
    events::Tx,
    http::permission::{Role, Scope},
    secrets::{Secrets, random_token, token_hash},
};
use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

/// Days that a token is good if it is not said.
const DEFAULT_DAYS: u16 = 90;

/// Days that a token is good at most: one that is forgotten stops by itself.
const MAX_DAYS: u16 = 365;

/// Makes a token. It is given back once; what is stored is its hash.
///
/// # Errors
/// [`Code::Validation`](crate::error::Code::Validation), naming the field.
pub async fn issue(
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    by: Option<Uuid>,
    wanted: ServiceTokenRequest,
) -> Result<IssuedServiceToken> {
    let (scopes, days) = check(&wanted)?;
    let new = NewAccount { display_name: &wanted.name, email: None, role: Role::Service, password_hash: None };
    let account = create_account(tx, secrets, new).await.map_err(name_the_name)?;
    let token = format!("{SERVICE_TOKEN}{}", random_token()?);
    let expires_at = tx.now + TimeDelta::days(days.into());
    let row = NewServiceToken {
        account_id: account.id,
        token_hash: token_hash(&token),
        scopes: scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" "),
        created_by: by,
        created_at: tx.now,
        expires_at,
    };
    queries::insert(tx.conn, &row).await?;
    let entry = Entry {
        kind: "service_token.issued",
        actor_id: by,
        subject_id: Some(account.id),
        network_hash: None,
        data: json!({ "scopes": scopes }),
    };
    audit::record(tx, entry).await?;
    let (id, name, created_at) = (account.id, account.display_name, tx.now);
    let about = ServiceToken { id, name, scopes, created_by: by, created_at, expires_at, last_used_at: None };
    Ok(IssuedServiceToken { token, about })
}

/// The scopes, each once, and the days.
fn check(wanted: &ServiceTokenRequest) -> Result<(Vec<Scope>, u16)> {
    let scopes: Vec<Scope> = Scope::ALL.into_iter().filter(|scope| wanted.scopes.contains(scope)).collect();
    let days = wanted.expires_in_days.unwrap_or(DEFAULT_DAYS);
    let none = scopes.is_empty().then(|| Field::body("/scopes", "blank", "must name at least one scope"));
    let long = (!(1..=MAX_DAYS).contains(&days))
        .then(|| Field::body("/expires_in_days", "out_of_range", format!("must be from 1 to {MAX_DAYS}")));
    let flaws: Vec<_> = [none, long].into_iter().flatten().collect();
    if flaws.is_empty() { Ok((scopes, days)) } else { Err(Error::validation(flaws)) }
}

/// The name of a token is the display name of its account; whoever asks knows it as `name`.
fn name_the_name(mut error: Error) -> Error {
    for field in &mut error.fields {
        *field = Field::body("/name", field.code.clone(), field.detail.clone());
    }
    error
}

/// Revokes a token, at once on every node. False when there is no such token.
pub async fn revoke(tx: &mut Tx<'_>, by: Option<Uuid>, id: Uuid) -> Result<bool> {
    if queries::revoke(tx.conn, id, tx.now).await? == 0 {
        return Ok(false);
    }
    sessions::touch(tx, id, "account.changed").await?;
    let entry = Entry { actor_id: by, ..Entry::own("service_token.revoked", id) };
    audit::record(tx, entry).await?;
    Ok(true)
}
